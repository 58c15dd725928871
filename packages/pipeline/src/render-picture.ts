import { encode, facts, type EncodedImage, type Facts, type Original } from "@tintype/exporters";
import {
  flatten,
  imageFromPixels,
  recipe,
  runSteps,
  standsAlone,
  type AppliedStep,
  type Image,
  type RunStepsOptions,
} from "@tintype/image-core";

import { variantNs } from "./estimate-cost.ts";
import { longestFirst } from "./longest-first.ts";
import type { PipelineRequest } from "./pipeline-request.ts";
import type { Registries } from "./registries.ts";
import { startStopwatch } from "./stopwatch.ts";

/** The part of a request that says what to make of a picture. */
export type Work = Pick<PipelineRequest, "steps" | "variants" | "facts">;

/** What rendering needs besides the picture and the work. */
export interface RenderOptions extends Omit<RunStepsOptions, "registry" | "signal"> {
  readonly registries: Registries;
  readonly signal: AbortSignal | undefined;
}

/** A picture after the shared steps, and the files made of it: plain data. */
export interface Rendered {
  readonly width: number;
  readonly height: number;
  readonly steps: readonly AppliedStep[];
  readonly facts: Facts;
  readonly files: readonly RenderedVariant[];
  /** Ms in the shared steps and in making the files. */
  readonly timings: Readonly<Record<"steps" | "export", number>>;
}

/** One finished file, not stored yet. */
export interface RenderedVariant {
  readonly name: string;
  readonly steps: readonly AppliedStep[];
  readonly facts: Facts;
  readonly file: EncodedImage;
}

/** Runs the shared steps and makes every variant's file. */
export async function renderPicture(
  original: Original,
  { steps, variants, facts: wanted }: Work,
  { registries, signal, ...options }: RenderOptions,
): Promise<Rendered> {
  const stopwatch = startStopwatch(["steps", "export"]);
  const stepOptions = { ...options, registry: registries.steps, ...(signal && { signal }) };
  const [only] = variants;
  const isLast = variants.length === 1 && only?.steps.length === 0;
  const lastLater = isLast && wanted.length + only.facts.length === 0;
  const { image, ...base } = await stopwatch.time("steps", () =>
    runSteps(original.image, steps, { ...stepOptions, lastLater }),
  );
  if (image !== original.image && standsAlone(image)) original.image.release?.();
  const files = await stopwatch.time("export", async () => {
    const unchanged = steps.length === 0 ? original : undefined;
    const shared = await shareable(image, variants.length, unchanged);
    const render = (variant: Work["variants"][number]) =>
      renderVariant(shared, variant, unchanged, registries, stepOptions);
    return longestFirst(variants, (one) => variantNs(one, shared, registries), render);
  });
  const told = await stopwatch.time("export", () => facts(image, wanted));
  image.release?.();
  original.image.release?.();
  const { width, height } = image;
  const { steps: stepsMs, export: exportMs } = stopwatch.read();
  return {
    width,
    height,
    steps: base.steps,
    facts: told,
    files,
    timings: { steps: stepsMs, export: exportMs },
  };
}

/** An image that several variants can be made of, from one decoding. */
async function shareable(
  image: Image,
  variants: number,
  original: Original | undefined,
): Promise<Image> {
  // A single variant may load a JPEG at a fraction of its size; several would each decode it anew.
  // A drawing is drawn for each at the size that it wants.
  if (variants === 1 || original?.image.source.format === "svg") return image;
  const { animation } = image;
  const decoded = imageFromPixels(await image.pixels(), image.metadata);
  return animation ? { ...decoded, animation } : decoded;
}

async function renderVariant(
  shared: Image,
  { name, steps, output, facts: wanted }: Work["variants"][number],
  unchanged: Original | undefined,
  registries: Registries,
  options: RunStepsOptions,
): Promise<RenderedVariant> {
  const made = await runSteps(shared, steps, { ...options, lastLater: wanted.length === 0 });
  options.signal?.throwIfAborted();
  const file = await encode(made.image, output, {
    registry: registries.exporters,
    ...(unchanged && steps.length === 0 && { original: unchanged }),
  });
  const { alpha } = registries.exporters.get(file.format);
  const shown = alpha || wanted.length === 0 ? made.image : await opaque(made.image, output);
  return { name, steps: made.steps, facts: await facts(shown, wanted), file };
}

/** The picture as a file without transparency shows it. */
async function opaque(
  image: Image,
  { background }: Readonly<Record<string, unknown>>,
): Promise<Image> {
  const step = typeof background === "string" ? flatten({ background }) : flatten();
  return (await runSteps(image, recipe(step))).image;
}
