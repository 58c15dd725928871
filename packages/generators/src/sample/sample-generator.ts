import { generateEach } from "../generate-each.ts";
import type { ImageGenerator } from "../image-generator.ts";
import type { Shape } from "../nearest-shape.ts";
import { parseGeneration, seedOf } from "../parse-generation.ts";
import { sniffMediaType } from "../sniff-media-type.ts";
import { drawStillLife } from "./draw-still-life.ts";

/** What the sample generator works with. */
export interface SampleGeneratorOptions {
  /** Makes a raster picture of the drawing, an SVG of this size; the drawing itself is given when left out. */
  readonly rasterize?: (svg: Uint8Array, size: Shape) => Promise<Uint8Array>;
}

const free = { amount: 0, currency: "USD" } as const;

/**
 * A generator without key and network: draws a still life from the prompt's words, at exactly the size that is wanted.
 * The same prompt, size and seed give the same bytes; without a seed, another picture each time.
 */
export function createSampleGenerator({
  rasterize = async (svg) => svg,
}: SampleGeneratorOptions = {}): ImageGenerator {
  return {
    name: "sample",
    estimateCost: () => free,
    async generate(request, { signal } = {}) {
      signal?.throwIfAborted();
      const limits = { maxCount: 100, maxReferences: 100 };
      const { prompt, width, height, count, seed } = parseGeneration(request, limits);
      const first = seed ?? Math.floor(Math.random() * 2 ** 31);
      return generateEach(
        count,
        async (index) => {
          const own = seedOf(first, index);
          const svg = new TextEncoder().encode(drawStillLife(prompt, { width, height }, own));
          const bytes = await rasterize(svg, { width, height });
          return {
            bytes,
            mediaType: sniffMediaType(bytes) ?? "image/svg+xml",
            model: "still-life",
            seed: own,
            finishReason: "STOP",
            cost: free,
            digitalSourceType: "algorithmicMedia",
          };
        },
        signal,
      );
    },
  };
}
