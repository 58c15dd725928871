import { createMetrics, type Metrics } from "./create-metrics.ts";

/** Metrics of which each has seen something: for tests. */
export function sampleMetrics(): Metrics {
  const metrics = createMetrics();
  metrics.imageProcessed({
    outcome: "success",
    seconds: 1.5,
    stages: { read: 0.1, export: 0.7 },
    sourceBytes: 1000,
    files: [{ format: "webp", bytes: 200 }],
  });
  metrics.imageProcessed({ outcome: "failure", seconds: 0.2 });
  metrics.cacheRead("results", true);
  metrics.cacheRead("results", false);
  metrics.watchWork(() => ({ running: 1, waiting: 2 }));
  metrics.api4aiCalled("success");
  const call = { generator: "gemini", inputTokens: 7, costUsd: 0.04 };
  metrics.generatorCalled({ ...call, outcome: "success" });
  metrics.generatorCalled({ generator: "gemini", outcome: "failure" });
  metrics.picturesGenerated(1);
  metrics.pictureNotGenerated("generator.refused");
  metrics.requestAnswered({ method: "GET", route: "/health", status: 200, seconds: 0.01 });
  metrics.jobEnded("completed", 3);
  metrics.jobRetried();
  metrics.watchQueue(async () => ({ jobs: { waiting: 3, active: 1 }, oldestSeconds: 4.5 }));
  metrics.watchScans(() => ({ clean: 5, infected: 1, unscanned: 0 }));
  return metrics;
}
