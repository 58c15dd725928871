import { Socket } from "node:net";

import { PostgresDialect } from "kysely";
import type { Dialect } from "kysely";

import { nameFailures } from "../name-failures.ts";
import { postgresError } from "./postgres-errors.ts";

/** PostgreSQL's type `bigint`. */
const bigintType = 20;

/** PostgreSQL for Kysely, over a pool of connections that are opened when they are needed, and end when they fall silent. */
export async function createPostgresDialect(
  url: string,
  { maxConnections, silenceMs }: { readonly maxConnections: number; readonly silenceMs: number },
): Promise<Dialect> {
  const { Pool, TypeOverrides } = (await import("pg")).default;
  const types = new TypeOverrides();
  // Every whole number of ours is a safe one; as SQLite gives it.
  types.setTypeParser(bigintType, Number);
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    stream: () => endingInSilence(silenceMs),
    application_name: "tintype",
    types,
  });
  // An idle connection that ends is replaced when the next one is needed.
  pool.on("error", () => undefined);
  // One that ends in somebody's hands fails his next query; without a listener it would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const dialect = new PostgresDialect({ pool });
  return {
    createDriver: () => nameFailures(dialect.createDriver(), postgresError),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

/** A connection that nothing comes through for so long ends: a server that is frozen or cut off says no word of it. */
function endingInSilence(ms: number): Socket {
  const socket = new Socket();
  const silent = Object.assign(new Error("The server is silent."), { code: "ETIMEDOUT" });
  return socket.setTimeout(ms, () => socket.destroy(silent));
}
