import type { DoneJob, JobWorker } from "@tintype/jobs";

import type { Runtime } from "./create-runtime.ts";
import { measureJobs } from "./measure-jobs.ts";

/** Starts to do jobs in this process, as many at once as settings say, and counts them; first what a crash left on this machine is swept. */
export async function startWorker(
  { settings, jobs, assets, metrics, logger }: Runtime,
  onDone: (done: DoneJob) => void = () => undefined,
): Promise<JobWorker> {
  const queue = await jobs();
  const measure = measureJobs(metrics);
  const worker = queue.startWorker({
    concurrency: settings.jobs.concurrency,
    onDone(done) {
      measure(done);
      onDone(done);
    },
  });
  const sweeping = assets()
    .then(async (library) => library.sweep())
    // The next sweep may succeed; work goes on without it.
    .catch((err: unknown) => logger.warn({ err }, "What a crash left was not swept."));
  return {
    ...worker,
    async stop(graceMs) {
      await Promise.all([worker.stop(graceMs), sweeping]);
    },
  };
}
