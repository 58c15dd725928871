import { isAbort, isTintypeError } from "@tintype/errors";
import type {
  Pipeline,
  PipelineRequest,
  PipelineResult,
  RenderedRequest,
  RunOptions,
} from "@tintype/pipeline";
import { withSpan, type Logger, type Metrics } from "@tintype/telemetry";

/** The same pipeline, whose every request is a line in the log, a span in a trace, and counted. */
export function measurePipeline(pipeline: Pipeline, metrics: Metrics, logger: Logger): Pipeline {
  metrics.watchWork(() => pipeline.admission.state());

  const measured =
    <Result>(
      work: (request: PipelineRequest, options?: RunOptions) => Promise<Result>,
      doneOf: (result: Result) => Done,
    ) =>
    async (request: PipelineRequest, options?: RunOptions): Promise<Result> => {
      const start = performance.now();
      const facts = { tool: toolOf(request), source: request.source.kind };
      try {
        const result = await withSpan("process", facts, async () => work(request, options));
        const done = { ...doneOf(result), ms: performance.now() - start };
        metrics.imageProcessed(measuresOf(done));
        logger.info({ ...facts, ...summaryOf(done) }, "Processed.");
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
    };

  return {
    ...pipeline,
    run: measured((...asked) => pipeline.run(...asked), storedOf),
    render: measured((...asked) => pipeline.render(...asked), renderedOf),
  };
}

/** What is known of a request that succeeded. */
interface Done {
  readonly source: RenderedRequest["source"];
  /** Ms in each stage. */
  readonly stages: Readonly<Record<string, number>>;
  readonly files: readonly {
    readonly name: string;
    readonly format: string;
    readonly bytes: number;
  }[];
}

function storedOf({
  source,
  timings: { total: _total, ...stages },
  variants,
}: PipelineResult): Done {
  return { source, stages, files: variants };
}

function renderedOf({ source, timings, files }: RenderedRequest): Done {
  return {
    source,
    stages: timings,
    files: files.map(({ name, file }) => ({ name, format: file.format, bytes: file.data.length })),
  };
}

/** The steps by their names, as the shared recipe has them. */
function toolOf({ steps }: PipelineRequest): string {
  return steps.map(({ step }) => step).join("+") || "convert";
}

function measuresOf({ source, stages, files, ms }: Done & { readonly ms: number }) {
  const seconds = Object.entries(stages).map(([stage, time]) => [stage, time / 1000] as const);
  return {
    outcome: "success",
    seconds: ms / 1000,
    stages: Object.fromEntries(seconds),
    sourceBytes: source.bytes,
    files,
  } as const;
}

function summaryOf({ source, files, ms }: Done & { readonly ms: number }) {
  const written = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    originalSize: [source.width, source.height],
    originalBytes: source.bytes,
    ms: Math.round(ms),
    compressionRatio: Number((source.bytes / written).toFixed(3)),
    variants: files.map(({ name }) => name),
  };
}
