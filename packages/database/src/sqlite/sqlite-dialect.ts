import { setTimeout as sleep } from "node:timers/promises";

import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { DatabaseConnection, Dialect, SqliteDatabase } from "kysely";

import { nameFailures } from "../name-failures.ts";
import { isBusy, sqliteError } from "./sqlite-errors.ts";

/** SQLite for Kysely: transactions that may write from their first statement on, and waiting that leaves the process free. */
export function createSqliteDialect(
  open: () => Promise<SqliteDatabase>,
  busyTimeoutMs: number,
): Dialect {
  return {
    createDriver: () =>
      nameFailures(new ImmediateDriver({ database: open }, busyTimeoutMs), sqliteError),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** SQLite can undo a change of the schema, which Kysely does not rely on by itself. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #busyTimeoutMs: number;
  #connection: DatabaseConnection | undefined;

  constructor(config: ConstructorParameters<typeof SqliteDriver>[0], busyTimeoutMs: number) {
    super(config);
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= patient(await super.acquireConnection(), this.#busyTimeoutMs);
    return this.#connection;
  }

  // A transaction that first reads and then writes fails at once when another process wrote in between.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** Repeats a statement, which had no effect, for as long as another process holds the lock. SQLite's own waiting would block the event loop. */
function patient(connection: DatabaseConnection, busyTimeoutMs: number): DatabaseConnection {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = async (query, options) => {
    const deadline = performance.now() + busyTimeoutMs;
    for (;;) {
      try {
        return await execute<never>(query, options);
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
        await sleep(1 + Math.random() * 9);
      }
    }
  };
  return connection;
}
