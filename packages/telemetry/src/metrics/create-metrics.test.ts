import { describe, expect, test } from "vitest";

import { createMetrics } from "./create-metrics.ts";
import { sampleMetrics } from "./sample-metrics.ts";

/** The samples of a name, without its buckets. */
function samplesOf(text: string, name: string): string[] {
  return text.split("\n").filter((line) => new RegExp(`^${name}[ {]`, "u").test(line));
}

describe("metrics", () => {
  test.each([
    ["images_processed_total", ['{outcome="success"} 1', '{outcome="failure"} 1']],
    [
      "image_processing_duration_seconds_sum",
      ['{outcome="success"} 1.5', '{outcome="failure"} 0.2'],
    ],
    ["image_stage_duration_seconds_sum", ['{stage="read"} 0.1', '{stage="export"} 0.7']],
    ["image_source_size_bytes_sum", [" 1000"]],
    ["image_output_bytes_total", ['{format="webp"} 200']],
    ["image_compression_ratio_sum", [" 5"]],
    ["cache_hits_total", ['{cache="results"} 1']],
    ["cache_misses_total", ['{cache="results"} 1']],
    ["active_processing_count", [" 1"]],
    ["waiting_pictures", [" 2"]],
    ["api4ai_calls_total", ['{outcome="success"} 1']],
    [
      "generator_calls_total",
      ['{generator="gemini",outcome="success"} 1', '{generator="gemini",outcome="failure"} 1'],
    ],
    ["generator_cost_usd_total", ['{generator="gemini"} 0.04']],
    ["generation_success_total", [" 1"]],
    ["generation_failure_total", ['{reason="generator.refused"} 1']],
    ["http_requests_total", ['{method="GET",route="/health",status="200"} 1']],
    ["jobs_total", ['{outcome="completed"} 1']],
    ["job_retries_total", [" 1"]],
    ["queue_jobs", ['{state="waiting"} 3', '{state="active"} 1']],
    ["queue_oldest_seconds", [" 4.5"]],
    [
      "malware_scan_verdicts",
      ['{verdict="clean"} 5', '{verdict="infected"} 1', '{verdict="unscanned"} 0'],
    ],
  ])("show %s", async (name, samples) => {
    const text = await sampleMetrics().render();
    expect(samplesOf(text, name)).toEqual(samples.map((sample) => name + sample));
  });

  test("forget states that a queue no longer has", async () => {
    const metrics = createMetrics();
    const states: Record<string, number>[] = [{ waiting: 1 }, { active: 2 }];
    metrics.watchQueue(async () => ({ jobs: states.shift() ?? {}, oldestSeconds: 0 }));
    expect(samplesOf(await metrics.render(), "queue_jobs")).toEqual([
      'queue_jobs{state="waiting"} 1',
    ]);
  });

  test("tell all else while what one of them asks does not answer, or fails", async () => {
    const metrics = createMetrics();
    metrics.jobRetried();
    let answer: () => Promise<{ jobs: { queued: number }; oldestSeconds: number }>;
    metrics.watchQueue(async () => answer());
    const shown = async (next: typeof answer) => {
      answer = next;
      const text = await metrics.render();
      expect(samplesOf(text, "job_retries_total")).toEqual(["job_retries_total 1"]);
      return [...samplesOf(text, "queue_jobs"), ...samplesOf(text, "queue_oldest_seconds")];
    };
    const state = ['queue_jobs{state="queued"} 3', "queue_oldest_seconds 4"];
    expect(await shown(async () => ({ jobs: { queued: 3 }, oldestSeconds: 4 }))).toEqual(state);
    expect(await shown(async () => Promise.reject(new Error("away")))).toEqual([]);
    expect(await shown(async () => ({ jobs: { queued: 3 }, oldestSeconds: 4 }))).toEqual(state);
    expect(await shown(async () => new Promise(() => undefined))).toEqual([]);
  });

  test("stay bounded whatever clients send", async () => {
    const metrics = createMetrics();
    for (let index = 0; index < 5000; index += 1) {
      metrics.requestAnswered({
        method: `M${index}`,
        route: `/${index}`,
        status: 200,
        seconds: 0,
      });
      metrics.generatorCalled({ generator: `g${index}`, outcome: "failure" });
      metrics.pictureNotGenerated(`f${index}`);
    }
    const text = await metrics.render();
    expect(samplesOf(text, "generation_failure_total")).toHaveLength(61);
    expect(samplesOf(text, "generator_calls_total")).toHaveLength(21);
    expect(samplesOf(text, "http_requests_total").length).toBeLessThan(300);
    expect(text).toContain('route="other"');
  });

  test("of two services in one process are kept apart", async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.jobRetried();
    expect(await other.render()).toContain("job_retries_total 0");
  });
});
