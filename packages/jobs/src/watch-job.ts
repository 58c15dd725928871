import type { JobServices } from "./job-services.ts";
import { hasEnded, type Job } from "./job.ts";
import { jobOf } from "./records/read-jobs.ts";

/** What is watched of a job. */
export interface WatchOptions {
  /** Only later than this revision. */
  readonly after?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How often a watcher looks for changes that other processes made, in ms. */
const lookEveryMs = 250;

/** Gives a job as it is, and again after each change, until it has ended; changes that follow each other closely are one. */
export async function* watchJob(
  id: string,
  { records, hub }: JobServices,
  { after = 0, signal }: WatchOptions = {},
): AsyncGenerator<Job> {
  let seen = after;
  let wake = Promise.withResolvers<void>();
  const onChange = () => wake.resolve();
  const deafen = hub.listen(id, onChange);
  const timer = setInterval(onChange, lookEveryMs);
  signal?.addEventListener("abort", onChange, { once: true });
  try {
    for (;;) {
      signal?.throwIfAborted();
      const job = jobOf(await records.read(id));
      if (job.revision > seen) {
        seen = job.revision;
        yield job;
      }
      if (hasEnded(job)) return;
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
  } finally {
    deafen();
    clearInterval(timer);
    signal?.removeEventListener("abort", onChange);
  }
}
