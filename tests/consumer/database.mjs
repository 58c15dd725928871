import { openDatabase } from "@tintype/database";

const database = await openDatabase({ file: "data/tintype.sqlite" });
console.log(database.engine, (await database.health()).ok);
await database.close();
