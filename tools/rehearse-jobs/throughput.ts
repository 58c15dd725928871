import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";

import { allEnded } from "./all-ended.ts";
import { startApp } from "./app-process.ts";
import { mixedJobs } from "./mixed-jobs.ts";
import { startServers } from "./servers.ts";

/** How fast so many workers were. */
export interface Throughput {
  readonly workers: number;
  readonly jobsPerSecond: number;
}

/** Has as many mixed jobs done by one worker, by two, and so on, each with one job in work at once. */
export async function throughput(jobs: number, most: number): Promise<readonly Throughput[]> {
  await using servers = await startServers();
  const folder = mkdtempSync(join(tmpdir(), "tintype-throughput-"));
  const shared = { DATA_DIR: folder, CLEANUP_SCHEDULE: "off", ...servers.environment };
  const runtime = await createRuntime(loadSettings(shared));
  try {
    const [queue, mix] = [await runtime.jobs(), await mixedJobs(runtime)];
    const measured: Throughput[] = [];
    for (let workers = 1; workers <= most; workers += 1) {
      await using stack = new AsyncDisposableStack();
      for (let worker = 0; worker < workers; worker += 1)
        stack.use(await startApp("worker", { ...shared, WORKER_CONCURRENCY: "1" }));
      // A few before the clock starts, so that nobody is measured while it wakes up.
      const submit = async (count: number, from: number) => {
        for (let index = from; index < from + count; index += 1) await queue.submit(mix(index));
        await allEnded(queue);
      };
      await submit(20, 0);
      const started = performance.now();
      await submit(jobs, workers * jobs);
      const seconds = (performance.now() - started) / 1000;
      measured.push({ workers, jobsPerSecond: jobs / seconds });
    }
    return measured;
  } finally {
    await runtime.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
