import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { describe, expect, onTestFinished, test } from "vitest";

import { createLogger, traceCarrier, withSpan, withTraceCarrier } from "./index.ts";

/** Registers an unmodified SDK until the test ends. */
function startSdk(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  onTestFinished(() => {
    for (const api of [trace, context, propagation]) api.disable();
  });
  return exporter;
}

describe("where an SDK is registered", () => {
  test("a request, its job in another process and the job's stages are one trace", async () => {
    const exporter = startSdk();
    // What a job's record keeps.
    const kept = await withSpan("request", { route: "/a" }, async () =>
      JSON.stringify(traceCarrier()),
    );
    await withTraceCarrier(JSON.parse(kept) as Record<string, string>, async () =>
      withSpan("job", {}, async () => withSpan("process", {}, async () => undefined)),
    );
    const [request, process, job] = exporter.getFinishedSpans();
    expect([request, job, process].map((span) => span?.name)).toEqual([
      "request",
      "job",
      "process",
    ]);
    expect(job?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(process?.parentSpanContext?.spanId).toBe(job?.spanContext().spanId);
    expect(
      new Set(exporter.getFinishedSpans().map((span) => span.spanContext().traceId)).size,
    ).toBe(1);
  });

  test("a span tells its failure's code, not its message, and the failure passes", async () => {
    const exporter = startSdk();
    const error = Object.assign(new Error("at /secret/path"), { code: "step.failed" });
    await expect(withSpan("a", {}, async () => Promise.reject(error))).rejects.toBe(error);
    await expect(
      withSpan("b", {}, async () => Promise.reject(new Error("/secret"))),
    ).rejects.toThrow("/secret");
    expect(exporter.getFinishedSpans().map(({ status }) => status.message)).toEqual([
      "step.failed",
      "internal",
    ]);
  });

  test("log lines name the trace", async () => {
    startSdk();
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const logger = createLogger({ level: "info", isPretty: false, destination });
    const id = await withSpan("a", {}, async (span) => {
      logger.info({}, "x");
      return span.spanContext().traceId;
    });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ traceId: id });
  });
});

test("where none is registered, work runs as it is and nothing is carried", async () => {
  const answer = await withTraceCarrier({ traceparent: "nonsense" }, async () =>
    withSpan("a", {}, async (span) => [span.isRecording(), traceCarrier()]),
  );
  expect(answer).toEqual([false, {}]);
});
