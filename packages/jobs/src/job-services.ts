import type { Database, JobRow } from "@tintype/database";

import { createChangeHub, type ChangeHub } from "./change-hub.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { jobKindsOf, type JobKind, type JobKinds } from "./job-kind.ts";
import { createJobRecords, type JobRecords } from "./records/job-records.ts";
import { retryDelayMs } from "./worker/retry-policy.ts";

/** Ties a job to what it is a part of. */
export interface JobTracing {
  /** What is put on record with a job that is accepted now; nothing when empty. */
  readonly carrier: () => Readonly<Record<string, string>>;
  /** Does a job's work as a part of what was put on record with it. */
  readonly run: <Result>(job: TracedJob, work: () => Promise<Result>) => Promise<Result>;
}

/** A job that is done. */
export interface TracedJob {
  readonly id: string;
  readonly kind: string;
  readonly carrier: Readonly<Record<string, string>>;
}

/** What jobs are done with; database, dispatcher and kinds have no default. */
export interface JobQueueOptions {
  readonly database: Database;
  readonly dispatcher: Dispatcher;
  readonly kinds: readonly JobKind[];
  /** How many jobs may wait; 10,000 when left out. */
  readonly maxQueued?: number;
  /** How long one run may take, in ms; five minutes when left out. */
  readonly timeoutMs?: number;
  /** How long a worker may be silent before its jobs are given to others, in ms; ten seconds when left out. */
  readonly leaseMs?: number;
  /** How long jobs stay on record after their end, in ms; seven days when left out. */
  readonly keepMs?: number;
  /** Whether ends may be told to the servers of clients. */
  readonly takesWebhooks?: boolean;
  /** Carries what a job is a part of, such as a trace, to the process that does it. */
  readonly tracing?: JobTracing;
  /** How long to wait before a run that failed is tried again. */
  readonly retryDelayMs?: (failures: number, error: unknown) => number;
  /** Hears of faults that no client is told about. */
  readonly onFault?: (error: unknown, jobId?: string) => void;
  /** The clock. */
  readonly now?: () => number;
}

/** What jobs are done with, every default in its place. */
export interface JobServices {
  readonly database: Database;
  readonly dispatcher: Dispatcher;
  readonly kinds: JobKinds;
  readonly records: JobRecords;
  readonly hub: ChangeHub;
  readonly timeoutMs: number;
  readonly leaseMs: number;
  readonly keepMs: number;
  readonly takesWebhooks: boolean;
  readonly tracing: JobTracing;
  readonly retryDelayMs: (failures: number, error: unknown) => number;
  readonly onFault: (error: unknown, jobId?: string) => void;
  readonly now: () => number;
  /** Tells the dispatcher of jobs that are on record; what it misses, it is told later. */
  readonly dispatch: (rows: readonly JobRow[]) => Promise<void>;
}

const untraced: JobTracing = { carrier: () => ({}), run: async (_job, work) => work() };

const day = 24 * 60 * 60 * 1000;

/** Puts the defaults in. */
export function resolveServices(options: JobQueueOptions): JobServices {
  const { database, dispatcher, now = Date.now, leaseMs = 10_000 } = options;
  const { onFault = () => undefined, maxQueued = 10_000 } = options;
  const hub = createChangeHub();
  return {
    database,
    dispatcher,
    kinds: jobKindsOf(options.kinds),
    hub,
    records: createJobRecords({ database, maxQueued, leaseMs, now, onChange: hub.changed }),
    timeoutMs: options.timeoutMs ?? 300_000,
    leaseMs,
    keepMs: options.keepMs ?? 7 * day,
    takesWebhooks: options.takesWebhooks ?? false,
    tracing: options.tracing ?? untraced,
    retryDelayMs: options.retryDelayMs ?? retryDelayMs,
    onFault,
    now,
    async dispatch(rows) {
      if (rows.length === 0) return;
      const jobs = rows.map((row) => ({
        id: row.id,
        rank: row.rank,
        createdAt: row.created_at,
        runAt: row.run_at,
      }));
      await dispatcher.dispatch(jobs).catch((error: unknown) => onFault(error));
    },
  };
}
