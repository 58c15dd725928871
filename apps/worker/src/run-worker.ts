import type { Settings } from "@tintype/config";
import { createRuntime, startWorker } from "@tintype/runtime";
import type { Logger } from "@tintype/telemetry";

import { serveHealth, type HealthServer } from "./serve-health.ts";

/** A process that does jobs. */
export interface RunningWorker extends Pick<HealthServer, "url"> {
  /** Resolves with the reason once it has done so many jobs, or takes so much memory, that it should start afresh. */
  readonly worn: Promise<string>;
  /** Takes no more jobs, waits for those in work so long at most, and hands back what is left. */
  stop(graceMs: number): Promise<void>;
}

/** Starts to do jobs, and to tell of it by HTTP. */
export async function runWorker(settings: Settings, logger: Logger): Promise<RunningWorker> {
  const worn = Promise.withResolvers<string>();
  const runtime = await createRuntime(settings, { logger });
  const worker = await startWorker(runtime, () => {
    const reason = wornBy(settings, worker.state().done);
    if (reason !== undefined) worn.resolve(reason);
  });
  const health = await serveHealth(settings, {
    metrics: runtime.metrics,
    state: async () => {
      const [storage, database] = [await runtime.storage.health(), await runtime.database()];
      return { storage, database: await database.health(), work: worker.state() };
    },
  }).catch(async (error: unknown) => {
    await worker.stop(0);
    await runtime.close();
    throw error;
  });
  return {
    url: health.url,
    worn: worn.promise,
    async stop(graceMs) {
      await worker.stop(graceMs);
      await health.close();
      await runtime.close();
    },
  };
}

/** Why a worker should start afresh, if it should. */
function wornBy({ jobs: { maxJobs, maxMemoryBytes } }: Settings, done: number): string | undefined {
  if (maxJobs !== undefined && done >= maxJobs) return `${done} jobs are done`;
  const { rss } = process.memoryUsage();
  if (maxMemoryBytes === undefined || rss < maxMemoryBytes) return undefined;
  return `${Math.round(rss / 2 ** 20)} MB of memory are in use`;
}
