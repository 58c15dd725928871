import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";

import { openDatabase } from "./open-database.ts";
import { databaseSuite } from "./suite/database-suite.ts";
import { openTestDatabase, sqliteEngine } from "./testing.ts";

databaseSuite(sqliteEngine);

async function filePlace() {
  const place = await sqliteEngine.createPlace();
  if (!("file" in place)) throw new Error("SQLite lives in a file.");
  return place;
}

describe("an embedded database", () => {
  test("syncs every accepted change to the disk", async () => {
    const { queries } = await openTestDatabase(sqliteEngine);
    const setting = async (name: string) =>
      (await sql`pragma ${sql.raw(name)}`.execute(queries)).rows[0];
    expect(await setting("journal_mode")).toEqual({ journal_mode: "wal" });
    expect(await setting("synchronous")).toEqual({ synchronous: 2 });
  });

  test("spares the disk a change that need not be durable, which others see all the same", async () => {
    const place = await filePlace();
    const [first, second] = [
      await openDatabase({ ...place, durable: false }),
      await openDatabase(place),
    ];
    onTestFinished(async () => {
      await first.close();
      await second.close();
    });
    const lease = { name: "work", holder: "me", until: 1 };
    await first.queries.insertInto("work_leases").values(lease).execute();
    expect(await second.queries.selectFrom("work_leases").selectAll().execute()).toEqual([lease]);
    const { rows } = await sql`pragma synchronous`.execute(first.queries);
    expect(rows).toEqual([{ synchronous: 1 }]);
  });

  test("leaves the process free while another one holds the lock, and then gives up", async () => {
    const place = { ...(await filePlace()), busyTimeoutMs: 150 };
    const [holder, waiting] = [await openDatabase(place), await openDatabase(place)];
    onTestFinished(async () => {
      await holder.close();
      await waiting.close();
    });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    onTestFinished(() => clearInterval(timer));
    await holder.queries.transaction().execute(async () => {
      const row = { name: "late", keep_temporary_ms: null, keep_outputs_ms: null };
      const insert = waiting.queries.insertInto("projects").values(row).execute();
      await expect(insert).rejects.toMatchObject({ code: "database.busy", retryable: true });
    });
    expect(turns).toBeGreaterThan(2);
  });

  test("that is no database says so, and is left as it is", async () => {
    const place = await filePlace();
    mkdirSync(dirname(place.file), { recursive: true });
    writeFileSync(place.file, "Dear diary, ".repeat(500));
    await expect(openDatabase(place)).rejects.toMatchObject({
      code: "database.unavailable",
      message: expect.stringContaining("not a database"),
    });
  });

  test("on a Node.js without SQLite says what to do", async () => {
    const { file } = await filePlace();
    const program = `
      import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
      const failure = await openDatabase({ file: ${JSON.stringify(file)} }).catch((error) => error);
      console.log(JSON.stringify({ code: failure.code, kind: failure.kind, message: failure.message }));
    `;
    const words = ["--no-experimental-sqlite", "--conditions=@tintype/source"];
    const said = execFileSync(
      process.execPath,
      [...words, "--input-type=module-typescript", "--eval", program],
      { encoding: "utf8" },
    );
    expect(JSON.parse(said)).toEqual({
      kind: "configuration",
      code: "database.needs_newer_node",
      message: expect.stringContaining("update Node.js, or set DATABASE_URL"),
    });
  });

  test("in a folder that cannot be made says so", async () => {
    const { file } = await filePlace();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
    await expect(openDatabase({ file: `${file}/below/x.sqlite` })).rejects.toMatchObject({
      code: "database.unavailable",
    });
  });
});

describe("a database on a server", () => {
  test("that nobody listens on is unavailable, and says nothing of its password", async () => {
    const url = "postgres://tintype:kept-secret@127.0.0.1:1/pictures";
    const opening = openDatabase({ url });
    await expect(opening).rejects.toMatchObject({
      code: "database.unavailable",
      retryable: true,
      message: expect.not.stringContaining("kept-secret"),
    });
  });

  test.each(["mysql://host/name", "postgres", "postgres://[/x"])(
    "has an address of PostgreSQL, which %s is not",
    async (url) => {
      await expect(openDatabase({ url })).rejects.toMatchObject({
        kind: "configuration",
        code: "database.invalid_url",
      });
    },
  );
});
