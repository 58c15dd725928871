import type { JobRow, Queries } from "@tintype/database";

import type { JobError, JobState } from "../job.ts";

/** How a job ended. */
export type Ending =
  | { readonly state: "succeeded"; readonly result: unknown }
  | { readonly state: "failed"; readonly error: JobError }
  | { readonly state: "canceled" };

/** Puts an end on record, with what follows from it for a batch; gives the rows that ended, none where the job is not this worker's any more. */
export async function endJob(
  transaction: Queries,
  id: string,
  ending: Ending,
  { now, lease }: { readonly now: number; readonly lease?: string },
): Promise<readonly JobRow[]> {
  const row = await transaction
    .updateTable("jobs")
    .set(({ eb }) => ({
      state: ending.state,
      ...(ending.state === "succeeded" && {
        result: JSON.stringify(ending.result ?? null),
        error: null,
        percent: 100,
      }),
      ...(ending.state === "failed" && { error: JSON.stringify(ending.error) }),
      stage: null,
      lease: null,
      lease_until: null,
      revision: eb("revision", "+", 1),
      finished_at: now,
      updated_at: now,
    }))
    .where("id", "=", id)
    .where("state", "in", ["queued", "running"])
    .$if(lease !== undefined, (update) => update.where("lease", "=", lease ?? ""))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return [];
  if (row.parent_id === null) return [row];
  return [row, ...(await endBatch(transaction, row.parent_id, now))];
}

/** Counts a batch's parts; when none is left it ends, with success if any part did. */
async function endBatch(transaction: Queries, id: string, now: number): Promise<readonly JobRow[]> {
  // Locks the batch, so that of two parts that end at once the later one sees the other.
  await transaction
    .updateTable("jobs")
    .set(({ eb }) => ({ revision: eb("revision", "+", 1), updated_at: now }))
    .where("id", "=", id)
    .execute();
  const counts = await countParts(transaction, id);
  const { total, queued, running } = counts;
  const left = queued + running;
  if (left > 0) {
    await transaction
      .updateTable("jobs")
      .set({ percent: Math.floor((100 * (total - left)) / total) })
      .where("id", "=", id)
      .where("state", "=", "running")
      .execute();
    return [];
  }
  return endJob(transaction, id, endingOf(counts), { now });
}

/** How many parts of a batch are in each state. */
interface PartCounts extends Readonly<Record<JobState, number>> {
  readonly total: number;
}

/** Counts the parts of a batch by their states. */
async function countParts(queries: Queries, id: string): Promise<PartCounts> {
  const rows = await queries
    .selectFrom("jobs")
    .select(["state", ({ fn }) => fn.countAll().as("count")])
    .where("parent_id", "=", id)
    .groupBy("state")
    .execute();
  const counts = { total: 0, queued: 0, running: 0, succeeded: 0, failed: 0, canceled: 0 };
  for (const { state, count } of rows) {
    counts[state] = Number(count);
    counts.total += Number(count);
  }
  return counts;
}

function endingOf(counts: PartCounts): Ending {
  if (counts.succeeded > 0) return { state: "succeeded", result: counts };
  if (counts.failed > 0) return { state: "failed", error: allFailed(counts.failed) };
  return { state: "canceled" };
}

function allFailed(failed: number): JobError {
  return {
    kind: "processing",
    code: "job.all_parts_failed",
    message: `All ${failed} parts failed; each says why.`,
    retryable: false,
  };
}
