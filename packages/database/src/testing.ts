import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import type { Engine } from "./column-types.ts";
import { openDatabase } from "./open-database.ts";
import type { Database, DatabasePlace } from "./open-database.ts";

/** An engine that tests run on. */
export interface TestEngine {
  readonly engine: Engine;
  /** An empty place for a database, which goes when the test ends. */
  createPlace(): Promise<DatabasePlace>;
}

/** SQLite in a folder of its own. */
export const sqliteEngine: TestEngine = {
  engine: "sqlite",
  async createPlace() {
    const folder = mkdtempSync(join(tmpdir(), "tintype-database-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return { file: join(folder, "tintype.sqlite") };
  },
};

/** A schema of its own on the PostgreSQL server that `TEST_POSTGRES_URL` names; without one the test fails. */
export const postgresEngine: TestEngine = {
  engine: "postgres",
  async createPlace() {
    const server = process.env["TEST_POSTGRES_URL"];
    if (server === undefined)
      throw new Error("Set TEST_POSTGRES_URL, or start the tests by npm run test:services.");
    const schema = `test_${randomUUID().replaceAll("-", "")}`;
    await run(server, `create schema ${schema}`);
    onTestFinished(async () => run(server, `drop schema ${schema} cascade`));
    const url = new URL(server);
    url.searchParams.set("options", `-c search_path=${schema}`);
    return { url: url.href, maxConnections: 4 };
  },
};

/** An empty database with the latest schema, which goes when the test ends. */
export async function openTestDatabase(engine: TestEngine): Promise<Database> {
  const place = await engine.createPlace();
  const database = await openDatabase(place);
  // Last in, first out: it is closed before its place goes.
  onTestFinished(async () => database.close());
  return database;
}

async function run(server: string, statement: string): Promise<void> {
  const { Client } = (await import("pg")).default;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
