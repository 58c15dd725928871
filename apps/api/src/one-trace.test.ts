import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { loadSettings } from "@tintype/config";
import type { Job } from "@tintype/jobs";
import { createRuntime } from "@tintype/runtime";
import { createLogger } from "@tintype/telemetry";
import { expect, onTestFinished, test } from "vitest";

import { cutout } from "./testing/pictures.ts";
import { testApp } from "./testing/test-app.ts";

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

/** A worker with a wiring of its own over the same folder, as another process has; gives its log. */
async function startWorker(folder: string): Promise<() => readonly Record<string, unknown>[]> {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ level: "info", isPretty: false, destination });
  const runtime = await createRuntime(loadSettings({ DATA_DIR: folder }), { logger });
  const worker = (await runtime.jobs()).startWorker({ concurrency: 1 });
  onTestFinished(async () => {
    await worker.stop(0);
    await runtime.close();
  });
  return () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-trace-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const variants = [{ name: "small", output: { format: "png" } }];
const [clientTrace, clientSpan] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];

test("a client's trace goes through the request and the queue to the worker, whose log names all ids", async () => {
  const exporter = startSdk();
  const folder = sharedFolder();
  const app = await testApp({ DATA_DIR: folder });
  const log = await startWorker(folder);

  const source = { kind: "bytes", data: (await cutout()).toString("base64") };
  const response = await app.request("/api/v1/jobs", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-request-id": "order-17",
      traceparent: `00-${clientTrace}-${clientSpan}-01`,
    },
    body: JSON.stringify({ kind: "process", input: { source, variants } }),
  });
  const { id } = (await response.json()) as Job;
  expect(await (await app.runtime.jobs()).wait(id, 30_000)).toMatchObject({ state: "succeeded" });

  const spans = exporter.getFinishedSpans();
  const parents = Object.fromEntries(
    spans.map(({ name, parentSpanContext: parent }) => [
      name,
      spans.find((span) => span.spanContext().spanId === parent?.spanId)?.name ?? parent?.spanId,
    ]),
  );
  expect(parents).toEqual({
    "POST /api/v1/jobs": clientSpan,
    "job process": "POST /api/v1/jobs",
    process: "job process",
  });
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([clientTrace]));
  expect(log()).toMatchObject([
    {
      msg: "Processed.",
      requestId: "order-17",
      jobId: id,
      traceId: clientTrace,
      originalSize: [expect.any(Number), expect.any(Number)],
      compressionRatio: expect.any(Number) as number,
      variants: ["small"],
    },
  ]);
});
