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

const sqlite: TestEngine = {
  engine: "sqlite",
  async createPlace() {
    const folder = mkdtempSync(join(tmpdir(), "tintype-database-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return { file: join(folder, "tintype.sqlite") };
  },
};

function postgres(server: string): TestEngine {
  return {
    engine: "postgres",
    async createPlace() {
      const { Client } = (await import("pg")).default;
      const schema = `test_${randomUUID().replaceAll("-", "")}`;
      const run = async (statement: string) => {
        const client = new Client({ connectionString: server });
        await client.connect();
        await client.query(statement);
        await client.end();
      };
      await run(`create schema ${schema}`);
      onTestFinished(async () => run(`drop schema ${schema} cascade`));
      const url = new URL(server);
      url.searchParams.set("options", `-c search_path=${schema}`);
      return { url: url.href, maxConnections: 4 };
    },
  };
}

const server = process.env["TEST_POSTGRES_URL"];

/** SQLite, and PostgreSQL where `TEST_POSTGRES_URL` names a server: run a suite on each with `describe.each`. */
export const testEngines: readonly TestEngine[] =
  server === undefined ? [sqlite] : [sqlite, postgres(server)];

/** An empty database with the latest schema, which goes when the test ends. */
export async function openTestDatabase(engine: TestEngine): Promise<Database> {
  const place = await engine.createPlace();
  const database = await openDatabase(place);
  // Last in, first out: it is closed before its place goes.
  onTestFinished(async () => database.close());
  return database;
}
