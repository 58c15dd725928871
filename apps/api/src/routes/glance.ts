import { quantileOf, sumOf, sumsBy, type Sample } from "@tintype/telemetry";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";

const seconds = z.number().nullable().describe("Null before the first.");
const latency = z.object({ median: seconds, p95: seconds });

const glance = z
  .object({
    at: z.iso.datetime(),
    sinceSeconds: z.number().describe("How long this process counts already."),
    images: z.object({
      succeeded: z.int(),
      failed: z.int(),
      running: z.int(),
      waiting: z.int(),
      bytesWritten: z.int(),
      seconds: latency,
    }),
    requests: z.object({
      answered: z.int(),
      refused: z.int().describe("Those of status 4xx."),
      failed: z.int().describe("Those of status 5xx."),
      seconds: latency,
    }),
    jobs: z.object({
      queued: z.int(),
      running: z.int(),
      oldestSeconds: z.number().describe("How long the first in the queue has waited."),
      ended: z.record(z.string(), z.int()).describe("By how they ended."),
      retries: z.int(),
    }),
    caches: z.array(z.object({ name: z.string(), hits: z.int(), misses: z.int() })),
    generators: z.array(
      z.object({ name: z.string(), calls: z.int(), failures: z.int(), costUsd: z.number() }),
    ),
    scans: z.record(z.string(), z.int()).describe("Verdicts of the malware scan."),
  })
  .meta({ id: "Glance", description: "How the service is doing: counts since its process began." });

/** Sums up the metrics for people who look at a page. */
export const glanceRoute: RouteFactory = ({ metrics, jobs }) => ({
  method: "get",
  path: "/api/v1/glance",
  operation: {
    summary: "How the service is doing, at a glance",
    description:
      "The queue is everybody's; all else was counted by the process that answers. Prometheus reads more at `/metrics`.",
    tags: ["Service"],
    responses: {
      200: { description: "That.", content: { "application/json": { schema: glance } } },
    },
  },
  async handle(context) {
    const queue = await (await jobs()).state();
    const body = glanceOf(await metrics.samples(), queue);
    return context.json(body, 200, { "cache-control": "no-store" });
  },
});

type QueueState = { jobs: { queued: number; running: number }; oldestSeconds: number };

function glanceOf(samples: readonly Sample[], queue: QueueState): z.output<typeof glance> {
  const sum = (name: string, labels?: Readonly<Record<string, string>>) =>
    sumOf(samples, name, labels);
  const counts = (name: string, label: string) => Object.fromEntries(sumsBy(samples, name, label));
  const latencyOf = (name: string, labels?: Readonly<Record<string, string>>) => ({
    median: quantileOf(samples, name, 0.5, labels) ?? null,
    p95: quantileOf(samples, name, 0.95, labels) ?? null,
  });
  const statuses = sumsBy(samples, "http_requests_total", "status");
  const answered = (begin: string) =>
    statuses.reduce((all, [status, count]) => all + (status.startsWith(begin) ? count : 0), 0);
  const caches = Object.keys({
    ...counts("cache_hits_total", "cache"),
    ...counts("cache_misses_total", "cache"),
  });
  return {
    at: new Date().toISOString(),
    sinceSeconds: Math.round(process.uptime()),
    images: {
      succeeded: sum("images_processed_total", { outcome: "success" }),
      failed: sum("images_processed_total", { outcome: "failure" }),
      running: sum("active_processing_count"),
      waiting: sum("waiting_pictures"),
      bytesWritten: sum("image_output_bytes_total"),
      seconds: latencyOf("image_processing_duration_seconds", { outcome: "success" }),
    },
    requests: {
      answered: answered(""),
      refused: answered("4"),
      failed: answered("5"),
      seconds: latencyOf("http_request_duration_seconds"),
    },
    jobs: {
      ...queue.jobs,
      oldestSeconds: queue.oldestSeconds,
      ended: counts("jobs_total", "outcome"),
      retries: sum("job_retries_total"),
    },
    caches: caches.map((cache) => ({
      name: cache,
      hits: sum("cache_hits_total", { cache }),
      misses: sum("cache_misses_total", { cache }),
    })),
    generators: sumsBy(samples, "generator_calls_total", "generator").map(([name, calls]) => ({
      name,
      calls,
      failures: sum("generator_calls_total", { generator: name, outcome: "failure" }),
      costUsd: sum("generator_cost_usd_total", { generator: name }),
    })),
    scans: counts("malware_scan_verdicts", "verdict"),
  };
}
