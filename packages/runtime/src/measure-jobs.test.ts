import type { DoneJob } from "@tintype/jobs";
import { createMetrics } from "@tintype/telemetry";
import { expect, test } from "vitest";

import { measureJobs } from "./measure-jobs.ts";

test.each([
  ["at once", 1, "succeeded", 0, 1],
  ["after a failure, or after its worker was lost", 2, "succeeded", 1, 1],
  ["not yet", 1, "again", 0, 0],
] as const)("a job that ended %s", async (_when, attempts, outcome, retries, ends) => {
  const metrics = createMetrics();
  const done: DoneJob = { id: "j", kind: "process", attempts, outcome, seconds: 2 };
  measureJobs(metrics)(done);
  const text = await metrics.render();
  expect(text).toContain(`job_retries_total ${retries}`);
  expect(text).toContain(`job_duration_seconds_count ${ends}`);
});
