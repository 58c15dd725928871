import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";

import { allEnded } from "./all-ended.ts";
import { startApp } from "./app-process.ts";
import { mixedJobs } from "./mixed-jobs.ts";

/** A worker's memory after so many jobs. */
export interface Memory {
  readonly jobs: number;
  readonly residentMb: number;
}

/** Has a worker do mixed jobs, and looks at its memory ten times on the way. */
export async function memory(jobs: number): Promise<readonly Memory[]> {
  const folder = mkdtempSync(join(tmpdir(), "tintype-memory-"));
  const shared = { DATA_DIR: folder, CLEANUP_SCHEDULE: "off" };
  const runtime = await createRuntime(loadSettings(shared));
  try {
    const [queue, mix] = [await runtime.jobs(), await mixedJobs(runtime)];
    await using worker = await startApp("worker", shared);
    const seen: Memory[] = [];
    for (let index = 0; index < jobs;) {
      for (const until = index + jobs / 10; index < until; index += 1)
        await queue.submit(mix(index));
      await allEnded(queue);
      seen.push({ jobs: index, residentMb: residentMb(worker.pid) });
    }
    return seen;
  } finally {
    await runtime.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/mu.exec(status)?.[1]) / 1024);
}
