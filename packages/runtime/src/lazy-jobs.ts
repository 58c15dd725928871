import type { JobQueue } from "@tintype/jobs";

import type { JobParts } from "./create-jobs.ts";

/** A queue of jobs that is opened when it is first asked for. */
export interface LazyJobs {
  readonly jobs: () => Promise<JobQueue>;
  readonly close: () => Promise<void>;
}

/** Wires the queue that settings ask for; closing it closes what it was wired to as well. */
export function lazyJobs(parts: JobParts & { readonly close: () => Promise<void> }): LazyJobs {
  let opened: Promise<JobQueue> | undefined;
  return {
    async jobs() {
      opened ??= open(parts).catch((error: unknown) => {
        // The next one to ask tries again.
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async close() {
      await (await opened?.catch(() => undefined))?.close();
      opened = undefined;
      await parts.close();
    },
  };
}

async function open(parts: JobParts): Promise<JobQueue> {
  const { createJobs } = await import("./create-jobs.ts");
  return createJobs(parts);
}
