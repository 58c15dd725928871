import type { Settings } from "@tintype/config";

/** Where jobs are brought to workers: the Redis that settings name, else the PostgreSQL that holds the records, else nowhere but in the embedded database. */
export function dispatchPlace({ database, jobs: { redisUrl } }: Settings) {
  const { url: databaseUrl, maxConnections } = database;
  if (redisUrl !== undefined) return { redisUrl };
  return databaseUrl === undefined ? undefined : { databaseUrl, maxConnections };
}
