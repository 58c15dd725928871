import type { JobQueue } from "../job-queue.ts";

/** The ids of jobs that failed for good. */
export async function deadLetters(queue: JobQueue): Promise<readonly string[]> {
  const { jobs } = await queue.list({ state: "failed" });
  return jobs.map(({ id }) => id);
}
