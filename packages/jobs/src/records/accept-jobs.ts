import { withTransaction, type JobRow, type Queries } from "@tintype/database";

import { keyReused, queueFull } from "../job-errors.ts";
import type { JobPriority } from "../job.ts";
import { rankOf } from "./rank.ts";

/** A job to put on record. */
export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly project: string;
  readonly priority: JobPriority;
  /** Json. */
  readonly input: string;
  readonly fingerprint: string;
  readonly idempotencyKey?: string | undefined;
  readonly webhook?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly delayMs?: number | undefined;
  /** Json: what it is a part of. */
  readonly trace?: string | null | undefined;
  /** The parts of a batch, which itself is not run. */
  readonly parts?: readonly NewJob[] | undefined;
}

/** What became of a wish: a job with its parts, or the one that came with the same key before. */
export interface Accepted {
  readonly job: JobRow;
  readonly parts: readonly JobRow[];
  readonly isNew: boolean;
}

/** PostgreSQL takes 65,535 values in a statement, and SQLite half of that. */
const rowsInStatement = 500;

/** Puts a job on record with all its parts, or throws `job.queue_full`; when this resolves, it is on the disk. */
export async function acceptJob(
  queries: Queries,
  wanted: NewJob,
  { now, maxQueued }: { readonly now: number; readonly maxQueued: number },
): Promise<Accepted> {
  return withTransaction(queries, async (transaction) => {
    const twin = await findTwin(transaction, wanted);
    if (twin) return { job: twin, parts: [], isNew: false };
    const { parts = [] } = wanted;
    const { queued, ofProject } = await countQueued(transaction, wanted.project);
    if (queued + Math.max(1, parts.length) > maxQueued) throw queueFull(queued);
    const isBatch = wanted.parts !== undefined;
    const first = rowOf(wanted, { now, before: ofProject, isBatch });
    const rest = parts.map((part, index) =>
      rowOf(part, { now, before: ofProject + index, parentId: wanted.id }),
    );
    const rows = [first, ...rest];
    for (let from = 0; from < rows.length; from += rowsInStatement)
      await transaction
        .insertInto("jobs")
        .values(rows.slice(from, from + rowsInStatement))
        .execute();
    return { job: first, parts: rest, isNew: true };
  });
}

/** The job that came with the same key, if it was the same job. */
export async function findTwin(
  queries: Queries,
  { project, idempotencyKey, fingerprint }: NewJob,
): Promise<JobRow | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const row = await queries
    .selectFrom("jobs")
    .selectAll()
    .where("project", "=", project)
    .where("idempotency_key", "=", idempotencyKey)
    .executeTakeFirst();
  if (row !== undefined && row.fingerprint !== fingerprint) throw keyReused();
  return row;
}

async function countQueued(queries: Queries, project: string) {
  const rows = await queries
    .selectFrom("jobs")
    .select(["project", ({ fn }) => fn.countAll().as("count")])
    .where("state", "=", "queued")
    .groupBy("project")
    .execute();
  const counts = rows.map((row) => ({ project: row.project, count: Number(row.count) }));
  return {
    queued: counts.reduce((sum, { count }) => sum + count, 0),
    ofProject: counts.find((row) => row.project === project)?.count ?? 0,
  };
}

/** Where a new job stands. */
interface Standing {
  readonly now: number;
  /** How many jobs of its project are in the queue. */
  readonly before: number;
  readonly isBatch?: boolean;
  readonly parentId?: string | null;
}

/** A job as it is when it is new. */
export function rowOf(
  job: NewJob,
  { now, before, isBatch = false, parentId = null }: Standing,
): JobRow {
  const runAt = now + (job.delayMs ?? 0);
  return {
    id: job.id,
    kind: job.kind,
    project: job.project,
    parent_id: parentId,
    state: isBatch ? "running" : "queued",
    priority: job.priority,
    rank: rankOf(job.priority, runAt, before),
    input: job.input,
    idempotency_key: job.idempotencyKey ?? null,
    fingerprint: job.fingerprint,
    webhook: job.webhook ?? null,
    timeout_ms: job.timeoutMs ?? null,
    trace: job.trace ?? null,
    percent: 0,
    stage: null,
    result: null,
    error: null,
    starts: isBatch ? 1 : 0,
    failures: 0,
    run_at: runAt,
    lease: null,
    lease_until: null,
    offered_at: now,
    revision: 1,
    created_at: now,
    started_at: isBatch ? now : null,
    finished_at: null,
    updated_at: now,
  };
}
