import { randomUUID } from "node:crypto";

import type { Database, JobRow, Queries } from "@tintype/database";
import { sql } from "kysely";

import type { Claim, ClaimedJob } from "../dispatcher.ts";

/** When it is, and how long a worker may keep a job without a word. */
export interface LeaseTerms {
  readonly now: number;
  readonly leaseMs: number;
}

/** How far a run is. */
export interface Progress {
  readonly percent: number;
  readonly stage: string | undefined;
}

/** Takes the job that is next in turn, so that of several workers one has it. */
export async function claimNext(
  { queries, engine }: Database,
  terms: LeaseTerms,
): Promise<ClaimedJob | undefined> {
  const next = queries
    .selectFrom("jobs")
    .select("id")
    .where("state", "=", "queued")
    .where("run_at", "<=", terms.now)
    .orderBy("rank")
    .orderBy("id")
    .limit(1)
    .$if(engine === "postgres", (select) => select.forUpdate().skipLocked());
  return taken(
    await start(queries, terms)
      .where("id", "=", next)
      .where("state", "=", "queued")
      .executeTakeFirst(),
  );
}

/** How soon to ask again for a job whose lease is over. */
const takenBackWithinMs = 250;

/** Takes a certain job, or says when to ask again. */
export async function claimById(queries: Queries, id: string, terms: LeaseTerms): Promise<Claim> {
  const { now } = terms;
  const row = await start(queries, terms)
    .where("id", "=", id)
    .where("state", "=", "queued")
    .where("run_at", "<=", now)
    .executeTakeFirst();
  const job = taken(row);
  if (job) return { kind: "claimed", job };
  const present = await queries
    .selectFrom("jobs")
    .select(["state", "run_at", "lease_until"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (present?.state === "queued")
    return { kind: "later", afterMs: Math.max(1, present.run_at - now) };
  // Whoever keeps house takes it back from a silent worker, and says when it is run again.
  if (present?.state === "running" && present.lease_until !== null)
    return { kind: "later", afterMs: Math.max(takenBackWithinMs, present.lease_until - now) };
  return { kind: "gone" };
}

/** When the next job is due that nobody has. */
export async function nextDueAt(queries: Queries): Promise<number | undefined> {
  const row = await queries
    .selectFrom("jobs")
    .select(({ fn }) => fn.min("run_at").as("due"))
    .where("state", "=", "queued")
    .executeTakeFirst();
  return row?.due ?? undefined;
}

/** Keeps a job for as long again, with how far it is; false when it is no longer this worker's. */
export async function renewLease(
  queries: Queries,
  { row, lease }: ClaimedJob,
  { now, leaseMs }: LeaseTerms,
  progress?: Progress,
): Promise<boolean> {
  const { numUpdatedRows } = await queries
    .updateTable("jobs")
    .set(({ eb }) => ({
      lease_until: now + leaseMs,
      ...(progress && {
        percent: progress.percent,
        stage: progress.stage ?? null,
        revision: eb("revision", "+", 1),
        updated_at: now,
      }),
    }))
    .where("id", "=", row.id)
    .where("lease", "=", lease)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function start(queries: Queries, { now, leaseMs }: LeaseTerms) {
  return queries
    .updateTable("jobs")
    .set(({ eb }) => ({
      state: "running" as const,
      lease: randomUUID(),
      lease_until: now + leaseMs,
      starts: eb("starts", "+", 1),
      revision: eb("revision", "+", 1),
      percent: 0,
      stage: null,
      started_at: sql<number>`coalesce(started_at, ${now})`,
      updated_at: now,
    }))
    .returningAll();
}

function taken(row: JobRow | undefined): ClaimedJob | undefined {
  return row && { row, lease: row.lease as string };
}
