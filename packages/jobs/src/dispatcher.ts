import type { JobRow } from "@tintype/database";

/** A job that a worker holds: nobody else may say what becomes of it while the lease is its. */
export interface ClaimedJob {
  readonly row: JobRow;
  readonly lease: string;
}

/** What comes of asking for one job: it is this worker's now, or somebody else's for so long, or nobody's any more. */
export type Claim =
  | { readonly kind: "claimed"; readonly job: ClaimedJob }
  | { readonly kind: "later"; readonly afterMs: number }
  | { readonly kind: "gone" };

/** Bring the job again after this time; without one it has ended. */
export interface Again {
  readonly afterMs: number;
}

/** A worker, as a dispatcher sees it. */
export interface Consumer {
  /** How many jobs may be in work here at once. */
  readonly concurrency: number;
  /** Takes the job that is next in turn. */
  readonly claimNext: () => Promise<ClaimedJob | undefined>;
  /** Takes a certain job. */
  readonly claim: (id: string) => Promise<Claim>;
  /** In how many ms the next job is due that nobody has; undefined when there is none. */
  readonly nextDueMs: () => Promise<number | undefined>;
  /** Does a job and puts what came of it on record; never rejects. */
  readonly run: (job: ClaimedJob) => Promise<Again | undefined>;
  /** Hears of what keeps jobs from coming. */
  readonly onFault: (error: unknown) => void;
}

/** A consumer that jobs are brought to. */
export interface Consumption {
  /** Brings no more; resolves when those in work have ended. */
  stop(): Promise<void>;
}

/** A job as a dispatcher needs to know it. */
export interface DispatchedJob {
  readonly id: string;
  /** The lowest comes first; a time. */
  readonly rank: number;
  readonly createdAt: number;
  /** Not before, in ms since 1970. */
  readonly runAt: number;
}

/**
 * Brings jobs that are on record to workers: soon, in the order of their ranks as near as it can, and at least once. The
 * record says which job is done by whom, so that one that comes twice is done once.
 */
export interface Dispatcher {
  /** Tells of jobs that were put on record; of those it knows, it stays as it is. */
  dispatch(jobs: readonly DispatchedJob[]): Promise<void>;
  /** Tells that nobody needs to bring these any more. */
  withdraw(ids: readonly string[]): Promise<void>;
  /** Brings jobs to a consumer from now on. */
  consume(consumer: Consumer): Consumption;
  /** Whether jobs reach workers now; rejects when they don't. */
  health(): Promise<void>;
  /** Lets go of connections; consumers have stopped before. */
  close(): Promise<void>;
}
