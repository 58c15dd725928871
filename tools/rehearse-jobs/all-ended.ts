import { setTimeout as sleep } from "node:timers/promises";

import type { JobQueue } from "@tintype/jobs";

const patienceMs = 180_000;

/** Waits until nothing is queued or running, or for three minutes. */
export async function allEnded(queue: JobQueue): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    // The database may be one of those that are away.
    const { jobs } = await queue.state().catch(() => ({ jobs: { queued: 1, running: 1 } }));
    if (jobs.queued + jobs.running === 0) return;
    await sleep(100);
  }
}
