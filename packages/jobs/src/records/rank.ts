import type { JobPriority } from "../job.ts";

const minute = 60_000;

/** How much later than an urgent job a job has its turn: one of low priority that waited an hour goes before every newer one. */
const delays: Readonly<Record<JobPriority, number>> = {
  urgent: 0,
  high: 10 * minute,
  normal: 20 * minute,
  low: 60 * minute,
};

/** How much later each job has its turn than the one of the same project before it, so that projects take turns. */
const spacingMs = 1000;

/** Where a job stands in the queue: the lowest rank is next. It never changes, so that nothing waits for ever. */
export function rankOf(
  priority: JobPriority,
  dueAt: number,
  /** How many jobs of the same project are in the queue. */
  before: number,
): number {
  return dueAt + delays[priority] + before * spacingMs;
}
