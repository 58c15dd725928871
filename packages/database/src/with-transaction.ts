import { setTimeout as sleep } from "node:timers/promises";

import { isUniqueViolation } from "./database-errors.ts";
import type { Queries } from "./schema/schema.ts";

const maxAttempts = 5;

/**
 * Does all of `work` or nothing of it, as part of the transaction it is called in, if any. Work that met another
 * transaction (a deadlock, or the same unique value) is done again from its start: let it change the database alone.
 */
export async function withTransaction<Result>(
  queries: Queries,
  work: (transaction: Queries) => Promise<Result>,
): Promise<Result> {
  if (queries.isTransaction) return work(queries);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await queries.transaction().execute(work);
    } catch (error) {
      if (attempt === maxAttempts || !hasMetAnother(error)) throw error;
      await sleep(Math.random() * 10 * attempt);
    }
  }
}

function hasMetAnother(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  // PostgreSQL's codes of a failed serialization and a deadlock.
  return code === "40001" || code === "40P01" || isUniqueViolation(error);
}
