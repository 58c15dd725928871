import type { DoneJob } from "@tintype/jobs";
import type { Metrics } from "@tintype/telemetry";

/** Counts and times the jobs that leave a worker. */
export function measureJobs(metrics: Metrics): (done: DoneJob) => void {
  return ({ outcome, seconds }) => {
    if (outcome === "again" || outcome === "lost") metrics.jobRetried();
    else metrics.jobEnded(outcome, seconds);
  };
}
