import { expect } from "vitest";

import type { JobQueue } from "../job-queue.ts";
import { hasEnded, type Job } from "../job.ts";

/** How long tests wait for what is to come, and how often they look. */
export const patience = { timeout: 15_000, interval: 10 };

/** A job when it has ended, which it must in time. */
export async function ended(queue: JobQueue, { id }: Job): Promise<Job> {
  const job = await queue.wait(id, patience.timeout);
  expect(hasEnded(job), `${id} is ${job.state}`).toBe(true);
  return job;
}

/** The ids of jobs that failed for good. */
export async function deadLetters(queue: JobQueue): Promise<readonly string[]> {
  const { jobs } = await queue.list({ state: "failed" });
  return jobs.map(({ id }) => id);
}
