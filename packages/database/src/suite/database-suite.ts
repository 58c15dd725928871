import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";

import { migrate } from "../migrate.ts";
import { migrations } from "../migrations/index.ts";
import { openDatabase } from "../open-database.ts";
import type { Database, DatabasePlace } from "../open-database.ts";
import { openTestDatabase } from "../testing.ts";
import type { TestEngine } from "../testing.ts";
import { withTransaction } from "../with-transaction.ts";

const execute = promisify(execFile);
const countingProcess = fileURLToPath(new URL("counting-process.ts", import.meta.url));

/** Registers what both engines promise. */
export function databaseSuite(engine: TestEngine): void {
  describe(`a database of ${engine.engine}`, () => {
    test("opens again with what it held, and with its schema as it was", async () => {
      const place = await engine.createPlace();
      const first = await openDatabase(place);
      await first.queries.insertInto("projects").values(project("kept")).execute();
      await first.close();
      expect(await names(await open(place))).toEqual(["kept"]);
    });

    test("is brought to its schema once by several that open it at the same moment", async () => {
      const place = await engine.createPlace();
      const opened = await Promise.all(Array.from({ length: 5 }, async () => open(place)));
      const [first] = opened as [Database, ...Database[]];
      const { rows } = await sql<{ name: string }>`select name from tintype_migrations`.execute(
        first.queries,
      );
      expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
    });

    test("leaves nothing of a migration that failed half-way, and runs it later", async () => {
      const { queries } = await openTestDatabase(engine);
      let isBroken = true;
      const later = {
        name: "9999-later",
        async up({ schema }, { text }) {
          await schema.createTable("later").addColumn("id", text).execute();
          if (isBroken) throw new Error("power cut");
        },
      } satisfies (typeof migrations)[number];
      const all = [...migrations, later];
      await expect(migrate(queries, engine.engine, all)).rejects.toThrow("power cut");
      isBroken = false;
      await migrate(queries, engine.engine, all);
      expect((await sql`select * from later`.execute(queries)).rows).toEqual([]);
    });

    test("refuses a schema that a newer version made", async () => {
      const { queries } = await openTestDatabase(engine);
      const newer = migrate(queries, engine.engine, []);
      await expect(newer).rejects.toMatchObject({
        kind: "configuration",
        code: "database.newer_schema",
      });
    });

    test("orders text by its bytes and gives whole numbers as numbers", async () => {
      const database = await openTestDatabase(engine);
      const given = ["b", "a", "B", "é", "z", "😀", "ﬀ", "_"];
      const rows = given.map((name) => ({
        name,
        keep_temporary_ms: Number.MAX_SAFE_INTEGER,
        keep_outputs_ms: 0,
      }));
      await database.queries.insertInto("projects").values(rows).execute();
      expect(await names(database)).toEqual(
        given.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
      const { keep_temporary_ms: large } = await database.queries
        .selectFrom("projects")
        .select("keep_temporary_ms")
        .executeTakeFirstOrThrow();
      expect(large).toBe(Number.MAX_SAFE_INTEGER);
    });

    test("does all of a transaction or nothing of it", async () => {
      const database = await openTestDatabase(engine);
      const failing = withTransaction(database.queries, async (transaction) => {
        await transaction.insertInto("projects").values(project("half")).execute();
        throw new Error("changed my mind");
      });
      await expect(failing).rejects.toThrow("changed my mind");
      expect(await names(database)).toEqual([]);
    });

    test("takes a transaction within a transaction as a part of it", async () => {
      const database = await openTestDatabase(engine);
      const failing = withTransaction(database.queries, async (outer) => {
        await withTransaction(outer, async (inner) =>
          inner.insertInto("projects").values(project("inner")).execute(),
        );
        throw new Error("outer");
      });
      await expect(failing).rejects.toThrow("outer");
      expect(await names(database)).toEqual([]);
    });

    test("does work again that met the same unique value, so that it can see it", async () => {
      const database = await openTestDatabase(engine);
      let attempts = 0;
      await withTransaction(database.queries, async (transaction) => {
        attempts += 1;
        const name = attempts === 1 ? "taken" : "free";
        await transaction.insertInto("projects").values(project("taken")).execute();
        await transaction.insertInto("projects").values(project(name)).execute();
      });
      expect(attempts).toBe(2);
      expect(await names(database)).toEqual(["free", "taken"]);
    });

    test("keeps a reference whole", async () => {
      const { queries } = await openTestDatabase(engine);
      const tag = { asset_id: "nobody", tag: "lost" };
      await expect(queries.insertInto("asset_tags").values(tag).execute()).rejects.toThrow(
        /foreign key/iu,
      );
    });

    test("loses no change of several processes", { timeout: 60_000 }, async () => {
      const place = await engine.createPlace();
      const database = await open(place);
      const row = { ...project("counted"), keep_outputs_ms: 0 };
      await database.queries.insertInto("projects").values(row).execute();
      const words = ["--conditions=@tintype/source", countingProcess, JSON.stringify(place), "50"];
      await Promise.all(Array.from({ length: 3 }, async () => execute(process.execPath, words)));
      const counted = await database.queries
        .selectFrom("projects")
        .select("keep_outputs_ms")
        .executeTakeFirst();
      expect(counted).toEqual({ keep_outputs_ms: 150 });
    });

    test("is healthy until it is closed", async () => {
      const database = await openDatabase(await engine.createPlace());
      expect(await database.health()).toEqual({ ok: true });
      await database.close();
      expect(await database.health()).toMatchObject({ ok: false });
    });
  });
}

function project(name: string) {
  return { name, keep_temporary_ms: null, keep_outputs_ms: null };
}

async function names({ queries }: Database): Promise<readonly string[]> {
  const rows = await queries.selectFrom("projects").select("name").orderBy("name").execute();
  return rows.map(({ name }) => name);
}

/** A database that is closed when the test ends. */
async function open(place: DatabasePlace): Promise<Database> {
  const database = await openDatabase(place);
  onTestFinished(async () => database.close());
  return database;
}
