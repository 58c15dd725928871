import { avif, jpeg } from "@tintype/exporters";
import { resize } from "@tintype/image-core";
import { createMemoryStorage } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { createPipeline } from "../create-pipeline.ts";
import { builtInRegistries } from "../registries.ts";
import { estimateCost } from "./estimate-cost.ts";

const pipeline = createPipeline({ storage: createMemoryStorage() });
const source = { format: "jpeg", width: 4000, height: 3000, pages: 1 } as const;

function cost(from: Parameters<typeof estimateCost>[0], work: object): number {
  const data = new Uint8Array();
  const { steps, variants } = pipeline.parse({ source: { kind: "bytes", data }, ...work });
  return estimateCost(from, { steps, variants }, builtInRegistries);
}

describe("estimateCost", () => {
  const asJpeg = { variants: [{ name: "a", output: jpeg() }] };
  const asAvif = { variants: [{ name: "a", output: avif({ effort: 9 }) }] };

  test("counts a slow encoder by its effort", () => {
    expect(cost(source, asAvif)).toBeGreaterThan(20 * cost(source, asJpeg));
  });

  test("counts the size at which the encoder works", () => {
    const small = { steps: [resize({ width: 400 })], ...asAvif };
    expect(cost(source, small)).toBeLessThan(cost(source, asAvif) / 20);
  });

  test("counts every frame, and an SVG as endless", () => {
    expect(cost({ ...source, pages: 10 }, asJpeg)).toBeCloseTo(10 * cost(source, asJpeg));
    expect(cost({ ...source, format: "svg" }, asJpeg)).toBe(Number.POSITIVE_INFINITY);
  });
});
