import type { JobRow, Queries } from "@tintype/database";

/** How many jobs are looked at in one go. */
const portion = 200;

/** Jobs whose workers have been silent for longer than their leases. */
export async function silentJobs(queries: Queries, now: number): Promise<readonly JobRow[]> {
  return queries
    .selectFrom("jobs")
    .selectAll()
    .where("state", "=", "running")
    .where("lease_until", "<", now)
    .limit(portion)
    .execute();
}

/** Jobs that have waited for so long that their dispatcher may have forgotten them; each is given once in that time. */
export async function overdueJobs(
  queries: Queries,
  { now, afterMs }: { readonly now: number; readonly afterMs: number },
): Promise<readonly JobRow[]> {
  const before = now - afterMs;
  const late = queries
    .selectFrom("jobs")
    .select("id")
    .where("state", "=", "queued")
    .where("run_at", "<", before)
    .where("offered_at", "<", before)
    .orderBy("rank")
    .limit(portion);
  return queries
    .updateTable("jobs")
    .set({ offered_at: now })
    .where("id", "in", late)
    .where("state", "=", "queued")
    .returningAll()
    .execute();
}

/** Removes a portion of the jobs that ended before a time, batches with their parts, and gives them. */
export async function removeEnded(
  transaction: Queries,
  before: number,
): Promise<readonly JobRow[]> {
  const old = await transaction
    .selectFrom("jobs")
    .select("id")
    .where("finished_at", "<", before)
    .where("parent_id", "is", null)
    .limit(portion)
    .execute();
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return [];
  const remove = (column: "id" | "parent_id") =>
    transaction.deleteFrom("jobs").where(column, "in", ids).returningAll().execute();
  return [...(await remove("parent_id")), ...(await remove("id"))];
}
