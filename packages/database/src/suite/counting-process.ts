/** A process that counts in a database it shares: `node counting-process.ts PLACE TIMES` adds one to a row, so often. */
import { openDatabase } from "../open-database.ts";
import type { DatabasePlace } from "../open-database.ts";
import { withTransaction } from "../with-transaction.ts";

const [place = "", times = ""] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(place) as DatabasePlace);
for (let done = 0; done < Number(times); done += 1)
  await withTransaction(database.queries, async (transaction) => {
    const { keep_outputs_ms: count } = await transaction
      .updateTable("projects")
      .set({ keep_temporary_ms: done })
      .where("name", "=", "counted")
      .returning("keep_outputs_ms")
      .executeTakeFirstOrThrow();
    await transaction
      .updateTable("projects")
      .set({ keep_outputs_ms: (count ?? 0) + 1 })
      .execute();
  });
await database.close();
