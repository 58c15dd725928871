import type { JobRow, Queries } from "@tintype/database";

import { notRetryable } from "../job-errors.ts";
import type { JobError } from "../job.ts";
import { rankOf } from "./rank.ts";
import { readRow } from "./read-jobs.ts";

/** Puts a run that did not end its job back into the queue; with an error, as one that failed. Gives nothing where the lease is somebody else's. */
export async function giveBack(
  queries: Queries,
  { id, lease }: { readonly id: string; readonly lease: string },
  { now, afterMs, error }: { now: number; afterMs: number; error?: JobError | undefined },
): Promise<readonly JobRow[]> {
  return queries
    .updateTable("jobs")
    .set(({ eb }) => ({
      ...waiting(now + afterMs, now),
      ...(error && { error: JSON.stringify(error), failures: eb("failures", "+", 1) }),
      // Else it is neither a run that failed, nor one whose worker was lost.
      ...(!error && { starts: eb("starts", "-", 1) }),
      revision: eb("revision", "+", 1),
    }))
    .where("id", "=", id)
    .where("lease", "=", lease)
    .returningAll()
    .execute();
}

/** Puts a run whose worker is silent back into the queue, if it still is, to be run after a time. */
export async function takeBack(
  queries: Queries,
  { id, lease }: JobRow,
  { now, afterMs }: { readonly now: number; readonly afterMs: number },
): Promise<readonly JobRow[]> {
  return queries
    .updateTable("jobs")
    .set(({ eb }) => ({ ...waiting(now + afterMs, now), revision: eb("revision", "+", 1) }))
    .where("id", "=", id)
    .where("lease", "=", lease)
    .where("lease_until", "<", now)
    .returningAll()
    .execute();
}

/** Has a job done again that failed or was canceled, and of a batch those parts; gives every row that changed. */
export async function queueAgain(
  transaction: Queries,
  id: string,
  now: number,
): Promise<readonly JobRow[]> {
  const row = await readRow(transaction, id);
  const parts = await transaction
    .selectFrom("jobs")
    .selectAll()
    .where("parent_id", "=", id)
    .where("state", "in", ["failed", "canceled"])
    .execute();
  if (parts.length > 0) {
    const again = await reset(transaction, parts, now);
    return [...(await reopen(transaction, id, now)), ...again];
  }
  if (row.state !== "failed" && row.state !== "canceled") throw notRetryable(id, row.state);
  const again = await reset(transaction, [row], now);
  return row.parent_id === null
    ? again
    : [...(await reopen(transaction, row.parent_id, now)), ...again];
}

/** Jobs as they were when they were new, in the order in which they are given. */
async function reset(
  transaction: Queries,
  rows: readonly JobRow[],
  now: number,
): Promise<readonly JobRow[]> {
  const changed: JobRow[] = [];
  for (const [index, { id, priority }] of rows.entries()) {
    const row = await transaction
      .updateTable("jobs")
      .set(({ eb }) => ({
        ...waiting(now, now),
        ...fresh,
        starts: 0,
        failures: 0,
        rank: rankOf(priority, now, index),
        revision: eb("revision", "+", 1),
      }))
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    changed.push(row);
  }
  return changed;
}

/** A batch that goes on. */
async function reopen(transaction: Queries, id: string, now: number): Promise<readonly JobRow[]> {
  return transaction
    .updateTable("jobs")
    .set(({ eb }) => ({
      ...fresh,
      state: "running" as const,
      revision: eb("revision", "+", 1),
      updated_at: now,
    }))
    .where("id", "=", id)
    .returningAll()
    .execute();
}

const fresh = { result: null, error: null, percent: 0, finished_at: null };

function waiting(runAt: number, now: number) {
  return {
    state: "queued" as const,
    run_at: runAt,
    offered_at: runAt,
    lease: null,
    lease_until: null,
    stage: null,
    updated_at: now,
  };
}
