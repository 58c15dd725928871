import { startScriptedServer, type ScriptedAnswer } from "@tintype/generators/testing";
import { sharp } from "@tintype/image-core";
import type { Job } from "@tintype/jobs";
import { eicar } from "@tintype/scanner";
import { startClamdStandIn } from "@tintype/scanner/testing";
import { expect, onTestFinished, test, vi } from "vitest";

import { freePort } from "./testing/free-port.ts";
import { cutout } from "./testing/pictures.ts";
import { startServer } from "./testing/server-process.ts";
import { endpoint, formOf } from "./testing/test-app.ts";

const eventually = { timeout: 30_000, interval: 50 };
const key = "key-of-the-test";

/** Series as a collector reads them: name and labels, in the order of the text, with their value. */
type Series = ReadonlyMap<string, number>;

/** What a service on this machine waits for before it answers. */
const held = { gemini: Promise.withResolvers<void>(), api4ai: Promise.withResolvers<void>() };

/** Gemini as it refuses at first, and draws when it is let. */
async function gemini(_: unknown, index: number): Promise<ScriptedAnswer> {
  if (index === 0) return { status: 503, body: { error: { code: 503, status: "UNAVAILABLE" } } };
  if (index === 1) await held.gemini.promise;
  const create = { width: 64, height: 64, channels: 3, background: "#2266aa" } as const;
  const data = (await sharp({ create }).jpeg().toBuffer()).toString("base64");
  const parts = [{ inlineData: { mimeType: "image/jpeg", data } }];
  return {
    body: {
      candidates: [{ content: { parts }, finishReason: "STOP" }],
      usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 1290, totalTokenCount: 1302 },
    },
  };
}

/** API4.ai as it cuts out when it is let. */
async function api4ai(): Promise<ScriptedAnswer> {
  await held.api4ai.promise;
  const image = (await cutout()).toString("base64");
  return { body: { results: [{ status: { code: "ok" }, entities: [{ kind: "image", image }] }] } };
}

/** What an operator is promised to find counted. */
const counted = [
  'images_processed_total{outcome="success"}',
  'images_processed_total{outcome="failure"}',
  'image_processing_duration_seconds_count{outcome="success"}',
  'image_stage_duration_seconds_count{stage="steps"}',
  'image_stage_duration_seconds_sum{stage="export"}',
  "image_source_size_bytes_sum",
  'image_output_bytes_total{format="webp"}',
  "image_compression_ratio_sum",
  'cache_hits_total{cache="results"}',
  'cache_misses_total{cache="results"}',
  'api4ai_calls_total{outcome="success"}',
  'generator_calls_total{generator="gemini",outcome="success"}',
  'generator_calls_total{generator="gemini",outcome="failure"}',
  'generator_tokens_total{generator="gemini",direction="input"}',
  'generator_tokens_total{generator="gemini",direction="output"}',
  'generator_cost_usd_total{generator="gemini"}',
  "generation_success_total",
  'generation_failure_total{reason="service.overloaded"}',
  'generation_failure_total{reason="service.not_configured"}',
  'malware_scan_verdicts{verdict="clean"}',
  'malware_scan_verdicts{verdict="infected"}',
  'http_requests_total{method="POST",route="/api/v1/process-image",status="200"}',
  'http_requests_total{method="POST",route="/api/v1/process-image",status="415"}',
  'http_request_duration_seconds_count{method="POST",route="/api/v1/jobs"}',
  'jobs_total{outcome="succeeded"}',
  "job_duration_seconds_sum",
  "job_retries_total",
];

/** What tells of the moment. */
const momentary = [
  "active_processing_count",
  'queue_jobs{state="queued"}',
  'queue_jobs{state="running"}',
  "queue_oldest_seconds",
];

async function photo(color: string): Promise<Buffer> {
  return sharp(await cutout())
    .flatten({ background: color })
    .jpeg()
    .toBuffer();
}

/** Starts a service with all that it can lean on, has it do every kind of work, and reads its metrics amid that and after. */
async function metricsOfWork(): Promise<{ readonly amid: Series; readonly after: Series }> {
  const clamd = await startClamdStandIn();
  const port = await freePort();
  const server = await startServer({
    ENABLE_METRICS: "true",
    METRICS_PORT: String(port),
    IMG_UNSIGNED: "true",
    WORKER_CONCURRENCY: "1",
    VIRUS_SCAN_ENABLED: "true",
    CLAMD_PORT: String(clamd.port),
    GEMINI_API_KEY: key,
    GEMINI_BASE_URL: (await startScriptedServer(gemini)).url,
    GEMINI_MAX_RETRIES: "0",
    GEMINI_PRICE_PER_IMAGE: "0.04",
    API4AI_API_KEY: key,
    API4AI_BASE_URL: (await startScriptedServer(api4ai)).url,
  });
  onTestFinished(async () => server[Symbol.asyncDispose]());
  expect(server.printed.error).toBe("");

  const read = async () => seriesIn(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
  const send = async (path: string, body: object) => {
    const init = body instanceof FormData ? { body } : jsonOf(body);
    const response = await fetch(server.url + path, { method: "POST", ...init });
    return { status: response.status, answer: await response.json() };
  };
  const upload = async (bytes: Uint8Array) =>
    send("/api/v1/images/upload", formOf({ files: bytes }));
  const submit = async (prompt: string) => {
    const input = { prompt, generator: "gemini", variants };
    const { status, answer } = await send("/api/v1/jobs", { kind: "generate", input });
    expect(status).toBe(202);
    return (answer as Job).id;
  };
  const ended = async (id: string) =>
    vi.waitFor(async () => {
      const job = (await (await fetch(`${server.url}/api/v1/jobs/${id}`)).json()) as Job;
      expect(job.state).toBe("succeeded");
    }, eventually);

  expect((await upload(await cutout())).status).toBe(201);
  await upload(Buffer.concat([await cutout(), eicar()]));
  const product = async () => send(endpoint, formOf({ image: await cutout(), preset: "product" }));
  const { answer } = await product();
  await product();
  const [file] = Object.values((answer as { variants: Record<string, { key: string }> }).variants);
  const image = `${server.url}/img/_/w:40/plain/local:///${file?.key ?? ""}`;
  for (const _ of [1, 2]) expect((await fetch(image)).status).toBe(200);
  expect((await send(endpoint, formOf({ image: Buffer.from("none") }))).status).toBe(415);
  const thumbnail = { script: "How to brew coffee", aspectRatio: "1:1" };
  expect((await send("/api/v1/thumbnails", { ...thumbnail })).status).toBe(200);
  await send("/api/v1/thumbnails", { ...thumbnail, generator: "openai" });

  // One is to be tried again and waits for the other; a picture is at API4.ai.
  const jobs = [await submit("a cup"), await submit("a bowl")];
  const steps = [{ step: "remove-background", engine: "api4ai" }];
  const cut = send(endpoint, formOf({ image: await photo("#eeeeff"), steps, variants }));
  const amid = await vi.waitFor(async () => {
    const series = await read();
    expect(momentary.filter((name) => !isAbove0(series, name))).toEqual([]);
    return series;
  }, eventually);
  for (const { resolve } of Object.values(held)) resolve();
  expect((await cut).status).toBe(200);
  for (const id of jobs) await ended(id);
  return { amid, after: await read() };
}

function isAbove0(series: Series, name: string): boolean {
  return (series.get(name) ?? 0) > 0;
}

const variants = [{ name: "png", output: { format: "png" } }];

function jsonOf(body: object): RequestInit {
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

function seriesIn(text: string): Series {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(" ");
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

test("a running server's metrics tell of every kind of work, amid it and after", async () => {
  const { amid, after } = await metricsOfWork();
  expect(amid.get("active_processing_count")).toBe(1);
  expect(counted.filter((name) => !isAbove0(after, name))).toEqual([]);
  expect(momentary.map((name) => after.get(name))).toEqual([0, 0, 0, 0]);
  // Those of the sample and of two jobs, of which one was tried again.
  expect(after.get("generation_success_total")).toBe(3);
}, 120_000);
