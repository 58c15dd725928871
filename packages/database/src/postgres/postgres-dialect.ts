import { PostgresDialect } from "kysely";
import type { Dialect } from "kysely";

import { nameFailures } from "../name-failures.ts";
import { postgresError } from "./postgres-errors.ts";

/** PostgreSQL's type `bigint`. */
const bigintType = 20;

/** PostgreSQL for Kysely, over a pool of connections that are opened when they are needed. */
export async function createPostgresDialect(url: string, maxConnections: number): Promise<Dialect> {
  const { Pool, TypeOverrides } = (await import("pg")).default;
  const types = new TypeOverrides();
  // Every whole number of ours is a safe one; as SQLite gives it.
  types.setTypeParser(bigintType, Number);
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
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
