import { isAbort, isTintypeError } from "@tintype/errors";
import type { Pipeline, PipelineRequest, PipelineResult } from "@tintype/pipeline";
import { withSpan, type Logger, type Metrics } from "@tintype/telemetry";

/** The same pipeline, whose every request is a line in the log, a span in a trace, and counted. */
export function measurePipeline(pipeline: Pipeline, metrics: Metrics, logger: Logger): Pipeline {
  metrics.watchWork(() => pipeline.admission.state());
  return {
    ...pipeline,
    async run(request, options) {
      const start = performance.now();
      const facts = { tool: toolOf(request), source: request.source.kind };
      try {
        const result = await withSpan("process", facts, async () => pipeline.run(request, options));
        metrics.imageProcessed(measured(result));
        logger.info({ ...facts, ...summary(result) }, "Processed.");
        return result;
      } catch (error) {
        // Whoever went away is no failure of ours.
        if (isAbort(error, options?.signal) && !isTintypeError(error)) throw error;
        const ms = performance.now() - start;
        metrics.imageProcessed({ outcome: "failure", seconds: ms / 1000 });
        const code = isTintypeError(error) ? error.code : "internal";
        logger.warn({ ...facts, ms: Math.round(ms), code }, "Not processed.");
        throw error;
      }
    },
  };
}

/** The steps by their names, as the shared recipe has them. */
function toolOf({ steps }: PipelineRequest): string {
  return steps.map(({ step }) => step).join("+") || "convert";
}

function measured({ timings: { total, ...stages }, source, variants }: PipelineResult) {
  const seconds = Object.entries(stages).map(([stage, ms]) => [stage, ms / 1000] as const);
  return {
    outcome: "success",
    seconds: total / 1000,
    stages: Object.fromEntries(seconds),
    sourceBytes: source.bytes,
    files: variants,
  } as const;
}

function summary({ source, timings, compressionRatio, variants }: PipelineResult) {
  return {
    originalSize: [source.width, source.height],
    originalBytes: source.bytes,
    ms: Math.round(timings.total),
    compressionRatio,
    variants: variants.map(({ name }) => name),
  };
}
