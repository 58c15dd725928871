import type { DoneJob } from "@tintype/jobs";
import type { Metrics } from "@tintype/telemetry";

/** Counts and times the jobs that leave a worker. */
export function measureJobs(metrics: Metrics): (done: DoneJob) => void {
  return ({ attempts, outcome, seconds }) => {
    // Whoever began it before may have ended without a word.
    if (attempts > 1) metrics.jobRetried();
    if (outcome !== "again" && outcome !== "lost") metrics.jobEnded(outcome, seconds);
  };
}
