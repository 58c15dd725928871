import type { JobServices } from "../job-services.ts";
import type { JobState } from "../job.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { runJob } from "./run-job.ts";

/** Does jobs until it is stopped. */
export interface JobWorker {
  /** How many jobs are in work here, and how many were since the start. */
  state(): { readonly running: number; readonly done: number };
  /** Takes no more, waits for those in work so long at most, and gives back what is left. */
  stop(graceMs: number): Promise<void>;
}

/** What a worker may do. */
export interface JobWorkerOptions {
  /** How many jobs at once. */
  readonly concurrency: number;
  /** Hears of every job that left this worker. */
  readonly onDone?: (done: DoneJob) => void;
}

/** A job that left a worker. */
export interface DoneJob {
  readonly id: string;
  readonly kind: string;
  /** How often it was begun; above 1 where it had failed, or its worker was lost. */
  readonly attempts: number;
  /** Its end; `again` where it is to be tried again, and `lost` where it is not this worker's any more. */
  readonly outcome: JobState | "again" | "lost";
  /** In work here. */
  readonly seconds: number;
}

/** Starts to do jobs in this process. */
export function startJobWorker(
  services: JobServices,
  { concurrency, onDone }: JobWorkerOptions,
): JobWorker {
  const { records, dispatcher, onFault } = services;
  const stopping = new AbortController();
  let [running, done] = [0, 0];
  const consumption = dispatcher.consume({
    concurrency,
    claimNext: async () => records.claimNext(),
    claim: async (id) => records.claim(id),
    nextDueMs: async () => records.nextDueMs(),
    async run(job) {
      running += 1;
      const from = performance.now();
      const { again, outcome } = await runJob(job, services, stopping.signal);
      running -= 1;
      done += 1;
      const { id, kind, starts: attempts } = job.row;
      onDone?.({ id, kind, attempts, outcome, seconds: (performance.now() - from) / 1000 });
      return again;
    },
    onFault,
  });
  const housekeeping = startHousekeeping(services);
  return {
    state: () => ({ running, done }),
    async stop(graceMs) {
      const timer = setTimeout(() => stopping.abort(), graceMs);
      await Promise.all([consumption.stop(), housekeeping.stop()]);
      clearTimeout(timer);
    },
  };
}
