import type { SourceFacts } from "@tintype/image-core";

import type { Registries } from "../registries.ts";
import type { Work } from "../render-picture.ts";

/** Nanoseconds a pixel takes to encode at each effort, on a core of 2024 and a picture of noise, the worst there is. */
const avif = [200, 500, 700, 1400, 8000, 12_000, 16_000, 24_000, 32_000, 48_000];
const webp = [60, 80, 120, 250, 250, 400, 4000];
const others = 120;
/** Decoding, one step over all pixels. */
const touch = 30;

/**
 * The ms that a picture may take at worst: a guess within a factor of three, for choosing where it is worked on.
 * An SVG can hold filters that take any time, so that it has no worst.
 */
export function estimateCost(
  source: Pick<SourceFacts, "format" | "width" | "height" | "pages">,
  { steps, variants }: Pick<Work, "steps" | "variants">,
  { steps: registry }: Registries,
): number {
  if (source.format === "svg") return Number.POSITIVE_INFINITY;
  const walk = (recipe: Work["steps"], from: { width: number; height: number }) => {
    let size = from;
    let ns = 0;
    for (const { step, ...options } of recipe) {
      ns += pixels(size) * (touch + 3 * Number(options["sigma"] ?? options["blur"] ?? 0));
      size = registry.get(step).size?.(options as never, size) ?? size;
    }
    return { size, ns };
  };
  const base = walk(steps, source);
  const lanes = variants.map(({ steps: own, output }) => {
    const { size, ns } = walk(own, base.size);
    return ns + pixels(size) * nsPerPixel(output);
  });
  const all = lanes.reduce((sum, ns) => sum + ns, base.ns + pixels(source) * touch);
  return (all * source.pages) / 1e6;
}

function nsPerPixel(output: Readonly<Record<string, unknown>>): number {
  const effort = output["effort"] ?? (output["profile"] === "small" ? 3 : 0);
  if (output["format"] === "avif") return avif[Number(effort)] ?? others;
  if (output["format"] === "webp") return webp[Number(output["effort"] ?? 4)] ?? others;
  return others;
}

function pixels({ width, height }: { readonly width: number; readonly height: number }): number {
  return width * height;
}
