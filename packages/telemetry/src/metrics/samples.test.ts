import { array, assert, asyncProperty, double } from "fast-check";
import { expect, test } from "vitest";

import { createMetrics } from "./create-metrics.ts";
import { sampleMetrics } from "./sample-metrics.ts";
import { quantileOf, sumOf, sumsBy } from "./samples.ts";

const duration = "image_processing_duration_seconds";

test("samples are the numbers that Prometheus is given", async () => {
  const metrics = sampleMetrics();
  const text = await metrics.render();
  const samples = (await metrics.samples()).filter(({ name }) => !/^(?:node|process)/u.test(name));
  expect(samples.length).toBeGreaterThan(50);
  for (const { name, labels, value } of samples) {
    const said = Object.entries(labels).map(([label, one]) => `${label}="${one}"`);
    expect(text).toContain(`${name}${said.length > 0 ? `{${said.join(",")}}` : ""} ${value}\n`);
  }
});

test("sums are over the samples with the labels that were asked for", async () => {
  const samples = await sampleMetrics().samples();
  expect(sumOf(samples, "images_processed_total")).toBe(2);
  expect(sumOf(samples, "images_processed_total", { outcome: "failure" })).toBe(1);
  expect(sumOf(samples, "no_such_metric")).toBe(0);
  expect(sumsBy(samples, "malware_scan_verdicts", "verdict")).toEqual([
    ["clean", 5],
    ["infected", 1],
    ["unscanned", 0],
  ]);
});

test("a quantile lies in the bucket of the value at its rank", async () => {
  expect(quantileOf(await createMetrics().samples(), duration, 0.5)).toBeUndefined();
  const seconds = array(double({ min: 0.001, max: 300, noNaN: true }), { minLength: 1 });
  const share = double({ min: 0.01, max: 1, noNaN: true });
  await assert(
    asyncProperty(seconds, share, async (times, wanted) => {
      const metrics = createMetrics();
      for (const time of times) metrics.imageProcessed({ outcome: "success", seconds: time });
      const samples = await metrics.samples();
      const exact = times.toSorted((a, b) => a - b)[Math.ceil(wanted * times.length) - 1] ?? 0;
      const bounds = samples
        .filter(
          ({ name, labels }) => name === `${duration}_bucket` && labels["outcome"] === "success",
        )
        .map(({ labels }) => Number(labels["le"]?.replace("+Inf", "Infinity")));
      const above = Math.min(...bounds.filter((bound) => bound >= exact));
      const below = Math.max(0, ...bounds.filter((bound) => bound < exact));
      const guess = quantileOf(samples, duration, wanted) ?? Number.NaN;
      expect(guess).toBeGreaterThanOrEqual(below);
      expect(guess).toBeLessThanOrEqual(above);
    }),
    { numRuns: 50 },
  );
});
