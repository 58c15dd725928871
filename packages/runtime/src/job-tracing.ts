import type { JobTracing } from "@tintype/jobs";
import {
  currentLogContext,
  traceCarrier,
  withLogContext,
  withSpan,
  withTraceCarrier,
} from "@tintype/telemetry";

/** Makes every run of a job a span in the trace of the request that it came by, and has what its run logs name both. */
export const jobTracing: JobTracing = {
  carrier() {
    const { requestId } = currentLogContext();
    return { ...traceCarrier(), ...(requestId !== undefined && { requestId }) };
  },
  run: async ({ id: jobId, kind, carrier: { requestId, ...carrier } }, work) =>
    withLogContext({ jobId, ...(requestId !== undefined && { requestId }) }, async () =>
      withTraceCarrier(carrier, async () =>
        withSpan(`job ${kind}`, { "tintype.job.id": jobId, "tintype.job.kind": kind }, work),
      ),
    ),
};
