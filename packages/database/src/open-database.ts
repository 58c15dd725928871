import { isTintypeError, TintypeError } from "@tintype/errors";
import { Kysely, sql } from "kysely";
import type { Dialect } from "kysely";

import type { Engine } from "./column-types.ts";
import { migrate } from "./migrate.ts";
import { createPostgresDialect } from "./postgres/postgres-dialect.ts";
import type { Queries, Schema } from "./schema/schema.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";
import { createSqliteDialect } from "./sqlite/sqlite-dialect.ts";

/** Where a database is: in a file of its own, or on a server. */
export type DatabasePlace =
  | {
      readonly file: string;
      readonly busyTimeoutMs?: number | undefined;
      /** Whether a change waits for the disk; one that does not is lost when the power is, and outlives the process. */
      readonly durable?: boolean | undefined;
    }
  | {
      readonly url: string;
      readonly maxConnections?: number | undefined;
      /** How long a query waits for a sign of the server; longer than any of ours takes. */
      readonly silenceMs?: number | undefined;
    };

/** Whether a database can be used now; `message` is safe to show. */
export type DatabaseHealth =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string };

/** An open database with the latest schema. */
export interface Database {
  readonly engine: Engine;
  /** Typed queries; `withTransaction` makes several of them one. */
  readonly queries: Queries;
  /** Tries whether the database answers; never rejects. */
  health(): Promise<DatabaseHealth>;
  /** Waits for the queries under way and lets go of the file or the connections. */
  close(): Promise<void>;
}

/** Opens a database and brings it to the latest schema. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const engine = "file" in place ? "sqlite" : "postgres";
  const queries: Queries = new Kysely<Schema>({ dialect: await dialectFor(place) });
  try {
    await migrate(queries, engine);
  } catch (error) {
    await queries.destroy();
    throw error;
  }
  return {
    engine,
    queries,
    async health() {
      try {
        await sql`select 1`.execute(queries);
        return { ok: true };
      } catch (error) {
        const message = isTintypeError(error) ? error.message : "The database does not answer.";
        return { ok: false, message };
      }
    },
    close: () => queries.destroy(),
  };
}

async function dialectFor(place: DatabasePlace): Promise<Dialect> {
  if ("file" in place) {
    const { file, busyTimeoutMs = 10_000, durable = true } = place;
    return createSqliteDialect(() => openSqlite(file, busyTimeoutMs, durable), busyTimeoutMs);
  }
  const { url, maxConnections = 10, silenceMs = 30_000 } = place;
  if (/^postgres(?:ql)?:\/\//u.test(url) && URL.canParse(url))
    return createPostgresDialect(url, { maxConnections, silenceMs });
  throw new TintypeError({
    kind: "configuration",
    code: "database.invalid_url",
    message: "The address of a database must be such as postgres://user:password@host/name.",
  });
}
