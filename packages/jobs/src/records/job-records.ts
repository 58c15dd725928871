import { withTransaction, type Database, type JobRow, type Queries } from "@tintype/database";

import type { Change } from "../change-hub.ts";
import type { Claim, ClaimedJob } from "../dispatcher.ts";
import { noWebhook, notEnded, workerLost } from "../job-errors.ts";
import { hasEnded, type JobError } from "../job.ts";
import { plainError } from "../plain-error.ts";
import { acceptJob, findTwin, type Accepted, type NewJob } from "./accept-jobs.ts";
import { cancelJob } from "./cancel-job.ts";
import { claimById, claimNext, nextDueAt, renewLease, type Progress } from "./claim-jobs.ts";
import { endJob, type Ending } from "./end-job.ts";
import { giveBack, queueAgain, takeBack } from "./queue-again.ts";
import { readRow } from "./read-jobs.ts";
import { overdueJobs, removeEnded, silentJobs } from "./sweep-jobs.ts";
import { webhookJobOf } from "./webhook-job.ts";

/** What records are kept with. */
export interface JobRecordsOptions {
  readonly database: Database;
  /** How many jobs may wait. */
  readonly maxQueued: number;
  /** How long a worker may be silent before its jobs are given to others, in ms. */
  readonly leaseMs: number;
  readonly now: () => number;
  /** Hears of every job that changed here, after the change is on the disk. */
  readonly onChange: (changes: readonly Change[]) => void;
}

/** What follows from an end. */
export interface Settled {
  /** Jobs that ended, and of each batch the batch when it ended with them. */
  readonly ended: readonly JobRow[];
  /** What is to be run now: webhooks that tell of the ends, or jobs that were taken back. */
  readonly queued: readonly JobRow[];
}

/** What is on record of jobs: every change is one transaction, and is on the disk when its call resolves. */
export interface JobRecords {
  accept(job: NewJob): Promise<Accepted>;
  /** The job that came with the same idempotency key. */
  twin(job: NewJob): Promise<JobRow | undefined>;
  read(id: string): Promise<JobRow>;
  claimNext(): Promise<ClaimedJob | undefined>;
  claim(id: string): Promise<Claim>;
  nextDueMs(): Promise<number | undefined>;
  /** Keeps a job for as long again; false when it is somebody else's, or nobody's. */
  renew(job: ClaimedJob, progress?: Progress): Promise<boolean>;
  end(job: ClaimedJob, ending: Ending): Promise<Settled>;
  /** Gives a job back to be run after a time; with an error, as a run that failed. */
  giveBack(job: ClaimedJob, afterMs: number, error?: JobError): Promise<void>;
  cancel(id: string): Promise<Settled>;
  /** Has a job done again that failed or was canceled, and of a batch those parts. */
  retry(id: string): Promise<Settled>;
  /** Puts on record that a job's end is told again. */
  tellAgain(id: string): Promise<JobRow>;
  /** Takes jobs back whose workers are silent. */
  recoverLost(): Promise<Settled>;
  /** Jobs that wait for longer than they should. */
  overdue(afterMs: number): Promise<readonly JobRow[]>;
  /** Removes a portion of the jobs that ended before a time, and gives them. */
  removeEnded(before: number): Promise<readonly JobRow[]>;
}

/** A job whose worker is lost this often is not tried again: it may be the job that ends them. */
const maxLosses = 10;

/** How long to wait before a job is run again whose worker was lost: not at all at first, then longer each time, so that one that ends its workers does not end each new one at once. */
function lossDelayMs(losses: number): number {
  return losses < 3 ? 0 : Math.min(60_000, 1000 * 2 ** (losses - 2));
}

/** Keeps records of jobs in a database. */
export function createJobRecords(options: JobRecordsOptions): JobRecords {
  const { database, maxQueued, leaseMs, now, onChange } = options;
  const { queries } = database;
  const terms = () => ({ now: now(), leaseMs });
  const tell = (rows: readonly JobRow[]) => {
    const batches = new Set(rows.map((row) => row.parent_id).filter((id) => id !== null));
    onChange([...rows, ...[...batches].map((id) => ({ id }))]);
  };

  const settle = async (work: (transaction: Queries) => Promise<readonly JobRow[]>) => {
    const settled = await withTransaction(queries, async (transaction) => {
      const ended = await work(transaction);
      const queued = ended
        .filter(({ webhook }) => webhook !== null)
        .map((row) => webhookJobOf(row, now()));
      if (queued.length > 0) await transaction.insertInto("jobs").values(queued).execute();
      return { ended, queued };
    });
    tell(settled.ended);
    return settled;
  };

  const recover = async (row: JobRow): Promise<Settled> => {
    const losses = row.starts - row.failures;
    if (losses < maxLosses) {
      const queued = await takeBack(queries, row, { now: now(), afterMs: lossDelayMs(losses) });
      tell(queued);
      return { ended: [], queued };
    }
    const error = plainError(workerLost(losses));
    return settle(async (transaction) =>
      endJob(
        transaction,
        row.id,
        { state: "failed", error },
        { now: now(), lease: row.lease ?? "" },
      ),
    );
  };

  return {
    async accept(job) {
      const accepted = await acceptJob(queries, job, { now: now(), maxQueued });
      if (accepted.isNew) tell([accepted.job]);
      return accepted;
    },
    twin: async (job) => findTwin(queries, job),
    read: async (id) => readRow(queries, id),

    async claimNext() {
      const job = await claimNext(database, terms());
      if (job) tell([job.row]);
      return job;
    },
    async claim(id) {
      const claim = await claimById(queries, id, terms());
      if (claim.kind === "claimed") tell([claim.job.row]);
      return claim;
    },
    async nextDueMs() {
      const due = await nextDueAt(queries);
      return due === undefined ? undefined : Math.max(0, due - now());
    },
    async renew(job, progress) {
      const isKept = await renewLease(queries, job, terms(), progress);
      if (isKept && progress) onChange([{ id: job.row.id }]);
      return isKept;
    },
    end: async ({ row: { id }, lease }, ending) =>
      settle(async (transaction) => endJob(transaction, id, ending, { now: now(), lease })),
    async giveBack({ row: { id }, lease }, afterMs, error) {
      tell(await giveBack(queries, { id, lease }, { now: now(), afterMs, error }));
    },

    cancel: async (id) => settle(async (transaction) => cancelJob(transaction, id, now())),
    async retry(id) {
      const rows = await withTransaction(queries, async (transaction) =>
        queueAgain(transaction, id, now()),
      );
      tell(rows);
      return { ended: [], queued: rows.filter(({ state }) => state === "queued") };
    },

    async tellAgain(id) {
      const row = await readRow(queries, id);
      if (row.webhook === null) throw noWebhook(id);
      if (!hasEnded(row)) throw notEnded(id, row.state);
      const told = webhookJobOf(row, now());
      await queries.insertInto("jobs").values(told).execute();
      return told;
    },

    async recoverLost() {
      const settled: Settled[] = [];
      for (const row of await silentJobs(queries, now())) settled.push(await recover(row));
      return {
        ended: settled.flatMap(({ ended }) => ended),
        queued: settled.flatMap(({ queued }) => queued),
      };
    },
    overdue: async (afterMs) => overdueJobs(queries, { now: now(), afterMs }),
    removeEnded: async (before) =>
      withTransaction(queries, async (transaction) => removeEnded(transaction, before)),
  };
}
