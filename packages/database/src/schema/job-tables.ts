/** The tables of jobs. Times are ms since 1970; `Json` is text that holds JSON. */
export interface JobTables {
  readonly jobs: JobRow;
  readonly job_schedules: JobScheduleRow;
}

/** Work to be done, and what became of it. */
export interface JobRow {
  readonly id: string;
  readonly kind: string;
  /** Whose work it is: projects take turns. */
  readonly project: string;
  /** The batch that the job is a part of. */
  readonly parent_id: string | null;
  readonly state: "queued" | "running" | "succeeded" | "failed" | "canceled";
  readonly priority: "urgent" | "high" | "normal" | "low";
  /** The lowest comes next: a time, so that whatever waits long enough has its turn. */
  readonly rank: number;
  /** Json: what is to be done. */
  readonly input: string;
  readonly idempotency_key: string | null;
  /** A digest of what was asked for, to tell whether a key is used for something else. */
  readonly fingerprint: string;
  /** Where the end is told. */
  readonly webhook: string | null;
  /** How long one run may take; null for the service's own limit. */
  readonly timeout_ms: number | null;
  /** Json: the trace that it is a part of. */
  readonly trace: string | null;
  /** From 0 to 100. */
  readonly percent: number;
  readonly stage: string | null;
  /** Json. */
  readonly result: string | null;
  /** Json. */
  readonly error: string | null;
  /** How often it was begun, and how often of these it failed; the others ended with their worker. */
  readonly starts: number;
  readonly failures: number;
  /** Not before. */
  readonly run_at: number;
  /** Who runs it may say so as long as it holds this lease. */
  readonly lease: string | null;
  readonly lease_until: number | null;
  /** When a dispatcher was last told of it. */
  readonly offered_at: number;
  /** Counts the changes. */
  readonly revision: number;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
  readonly updated_at: number;
}

/** Work that comes again and again. */
export interface JobScheduleRow {
  readonly name: string;
  /** A cron expression, in UTC. */
  readonly cron: string;
  readonly kind: string;
  /** Json. */
  readonly input: string;
  readonly next_at: number;
}
