import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

import { TintypeError } from "@tintype/errors";
import type { SqliteDatabase } from "kysely";

import { unavailableError } from "../database-errors.ts";
import { isBusy, sqliteError } from "./sqlite-errors.ts";

/** Opens a file of SQLite, made with its folder when it is missing: a durable change is on the disk, and several processes may share it. */
export async function openSqlite(
  file: string,
  busyTimeoutMs: number,
  durable: boolean,
): Promise<SqliteDatabase> {
  const sqlite = await loadSqlite();
  await mkdir(dirname(file), { recursive: true }).catch((cause: unknown) => {
    throw unavailableError("The data folder cannot be made: check its path and rights.", cause);
  });
  try {
    const database = new sqlite.DatabaseSync(file, { timeout: 0 });
    await configure(database, busyTimeoutMs, durable ? "full" : "normal");
    return kyselyDatabase(database);
  } catch (error) {
    throw sqliteError(error);
  }
}

async function configure(
  database: DatabaseSync,
  busyTimeoutMs: number,
  synchronous: "full" | "normal",
): Promise<void> {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      database.exec(
        `pragma journal_mode = wal; pragma synchronous = ${synchronous}; pragma foreign_keys = on`,
      );
      return;
    } catch (error) {
      // Others that open the same new file at the same moment.
      if (!isBusy(error) || performance.now() > deadline) {
        database.close();
        throw error;
      }
      await sleep(1 + Math.random() * 9);
    }
  }
}

/** The part of `better-sqlite3` that Kysely uses, over Node's own SQLite. */
function kyselyDatabase(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}

async function loadSqlite(): Promise<typeof import("node:sqlite")> {
  try {
    return await import("node:sqlite");
  } catch (cause) {
    throw new TintypeError({
      kind: "configuration",
      code: "database.needs_newer_node",
      message:
        "The embedded database needs Node.js 22.18 or later: update Node.js, or set DATABASE_URL to use PostgreSQL.",
      cause,
    });
  }
}

/** Kysely does not say what parameters are; what SQLite cannot hold, it refuses itself. */
function values(parameters: readonly unknown[]): readonly SQLInputValue[] {
  return parameters as readonly SQLInputValue[];
}
