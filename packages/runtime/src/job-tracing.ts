import type { JobTracing } from "@tintype/jobs";
import { traceCarrier, withLogContext, withSpan, withTraceCarrier } from "@tintype/telemetry";

/** Makes every run of a job a span in the trace of the request that it came by, and names the job in what its run logs. */
export const jobTracing: JobTracing = {
  carrier: traceCarrier,
  run: async ({ id: jobId, kind, carrier }, work) =>
    withLogContext({ jobId }, async () =>
      withTraceCarrier(carrier, async () =>
        withSpan(`job ${kind}`, { "tintype.job.id": jobId, "tintype.job.kind": kind }, work),
      ),
    ),
};
