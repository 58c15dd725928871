import type { Animation, Size, SourceFacts } from "@tintype/image-core";

import type { Registries } from "./registries.ts";
import type { Work } from "./render-picture.ts";

/** Nanoseconds a pixel takes to encode at each effort, on a core of 2024 and a picture of noise, the worst there is. */
const avif = [200, 500, 700, 1400, 8000, 12_000, 16_000, 24_000, 32_000, 48_000];
const webp = [60, 80, 120, 250, 250, 400, 4000];
const others = 120;
/** Tracing noise into paths; measured at 1 megapixel. */
const tracing = 3000;
/** Encodings that a search for a quality takes. */
const searches = 8;
/** Decoding, one step over all pixels. */
const touch = 30;

/** What of a source says how long it takes. */
export interface CostlySource {
  readonly source: Pick<SourceFacts, "format" | "width" | "height">;
  readonly animation?: Pick<Animation, "delays">;
}

/**
 * The ms that a picture may take at worst: a guess within a factor of three, for choosing where it is worked on.
 * An SVG can hold filters that take any time, so that it has no worst.
 */
export function estimateCost(
  { source, animation }: CostlySource,
  { steps, variants }: Pick<Work, "steps" | "variants">,
  registries: Registries,
): number {
  if (source.format === "svg") return Number.POSITIVE_INFINITY;
  const base = walk(steps, source, registries);
  const lanes = variants.map((variant) => variantNs(variant, base.size, registries));
  const all = lanes.reduce((sum, ns) => sum + ns, base.ns + pixels(source) * touch);
  return (all * (animation?.delays.length ?? 1)) / 1e6;
}

/** The nanoseconds that one file of a picture of some size may take. */
export function variantNs(
  { steps, output }: Work["variants"][number],
  from: Size,
  registries: Registries,
): number {
  const { size, ns } = walk(steps, from, registries);
  return ns + pixels(size) * nsPerPixel(output);
}

/** The size that a recipe ends with, and the nanoseconds that it takes to get there. */
function walk(recipe: Work["steps"], from: Size, { steps }: Registries) {
  let size = from;
  let ns = 0;
  for (const { step, ...options } of recipe) {
    ns += pixels(size) * (touch + 3 * Number(options["sigma"] ?? options["blur"] ?? 0));
    size = steps.get(step).size?.(options as never, size) ?? size;
  }
  return { size, ns };
}

function nsPerPixel(output: Readonly<Record<string, unknown>>): number {
  const { format, effort, profile, maxBytes, target, mode } = output;
  const times = maxBytes === undefined && target === undefined ? 1 : searches;
  // Which format `auto` chooses, only the pixels tell.
  if (format === "avif" || format === "auto") {
    return times * (avif[Number(effort ?? (profile === "small" ? 3 : 1))] ?? others);
  }
  if (format === "webp") return times * (webp[Number(effort ?? 4)] ?? others);
  return format === "svg" && mode === "trace" ? tracing : times * others;
}

function pixels({ width, height }: Size): number {
  return width * height;
}
