import { avif, jpeg } from "@tintype/exporters";
import { resize } from "@tintype/image-core";
import { createMemoryStorage } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { createPipeline } from "./create-pipeline.ts";
import { estimateCost } from "./estimate-cost.ts";
import { builtInRegistries } from "./registries.ts";

const pipeline = createPipeline({ storage: createMemoryStorage() });
const image = { source: { format: "jpeg", width: 4000, height: 3000 } } as const;

function cost(from: Parameters<typeof estimateCost>[0], work: object): number {
  const data = new Uint8Array();
  const { steps, variants } = pipeline.parse({ source: { kind: "bytes", data }, ...work });
  return estimateCost(from, { steps, variants }, builtInRegistries);
}

describe("estimateCost", () => {
  const asJpeg = { variants: [{ name: "a", output: jpeg() }] };
  const asAvif = { variants: [{ name: "a", output: avif({ effort: 9 }) }] };

  test("counts a slow encoder by its effort", () => {
    expect(cost(image, asAvif)).toBeGreaterThan(20 * cost(image, asJpeg));
  });

  test("counts the size at which the encoder works", () => {
    const small = { steps: [resize({ width: 400 })], ...asAvif };
    expect(cost(image, small)).toBeLessThan(cost(image, asAvif) / 20);
  });

  test("counts every frame, and an SVG as endless", () => {
    const animation = { delays: Array.from({ length: 10 }, () => 40) };
    expect(cost({ ...image, animation }, asJpeg)).toBeCloseTo(10 * cost(image, asJpeg));
    expect(cost({ source: { ...image.source, format: "svg" } }, asJpeg)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
