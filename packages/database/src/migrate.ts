import { isTintypeError, TintypeError } from "@tintype/errors";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";

import { columnTypes } from "./column-types.ts";
import type { Engine } from "./column-types.ts";
import { migrations } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";

const tables = {
  migrationTableName: "tintype_migrations",
  migrationLockTableName: "tintype_migrations_lock",
};

/** Brings a database to the latest schema in one transaction; of several processes that start at once, one does it and the others wait. */
export async function migrate<Tables>(
  queries: Kysely<Tables>,
  engine: Engine,
  wanted: readonly Migration[] = migrations,
): Promise<void> {
  const types = columnTypes(engine);
  const provider = {
    getMigrations: async () =>
      Object.fromEntries(
        wanted.map((one) => [one.name, { up: (db: Kysely<unknown>) => one.up(db, types) }]),
      ),
  };
  // A database may hold the tables of another program of ours in another schema.
  const schema = engine === "postgres" ? await currentSchema(queries) : undefined;
  const migrator = new Migrator({
    db: queries,
    provider,
    ...tables,
    ...(schema !== undefined && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw await failure(queries, error, wanted);
}

async function currentSchema<Tables>(queries: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(queries);
  return rows[0]?.name ?? "public";
}

/** Says what to do where the schema is newer than this program; every other failure is as it came. */
async function failure<Tables>(
  queries: Kysely<Tables>,
  cause: unknown,
  wanted: readonly Migration[],
): Promise<unknown> {
  if (isTintypeError(cause)) return cause;
  const known = new Set<string>(wanted.map(({ name }) => name));
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(tables.migrationTableName)}
  `.execute(queries);
  if (rows.every(({ name }) => known.has(name))) return cause;
  return new TintypeError({
    kind: "configuration",
    code: "database.newer_schema",
    message:
      "A newer version of Tintype has used this database: start that version, or give this one a database of its own.",
    cause,
  });
}
