import { encode, facts, type EncodedImage, type Facts } from "@tintype/exporters";
import {
  flatten,
  imageFromPixels,
  recipe,
  runSteps,
  type AppliedStep,
  type Image,
  type RunStepsOptions,
} from "@tintype/image-core";

import type { PipelineRequest } from "./pipeline-request.ts";
import type { Registries } from "./registries.ts";
import { settleAll } from "./settle-all.ts";
import { startStopwatch } from "./stopwatch.ts";

/** The part of a request that says what to make of a picture. */
export type Work = Pick<PipelineRequest, "steps" | "variants" | "facts">;

/** What rendering needs besides the picture and the work. */
export interface RenderOptions {
  readonly registries: Registries;
  readonly limits: NonNullable<RunStepsOptions["limits"]>;
  readonly load: NonNullable<RunStepsOptions["load"]>;
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
  picture: Image,
  { steps, variants, facts: wanted }: Work,
  { registries, ...options }: RenderOptions,
): Promise<Rendered> {
  const stopwatch = startStopwatch(["steps", "export"]);
  const { signal, ...rest } = options;
  const stepOptions = { ...rest, registry: registries.steps, ...(signal && { signal }) };
  const base = await stopwatch.time("steps", () => runSteps(picture, steps, stepOptions));
  const files = await stopwatch.time("export", () =>
    renderVariants(base.image, variants, registries, stepOptions),
  );
  const told = await stopwatch.time("export", () => facts(base.image, wanted));
  const { width, height } = base.image;
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

/** Makes all variants side by side, from one decoding of the picture. */
async function renderVariants(
  image: Image,
  variants: Work["variants"],
  registries: Registries,
  options: RunStepsOptions,
): Promise<readonly RenderedVariant[]> {
  // A single variant may load a JPEG at a fraction of its size; several would each decode it anew.
  const shared =
    variants.length > 1 ? imageFromPixels(await image.pixels(), image.metadata) : image;
  return settleAll(
    variants.map(async ({ name, steps, output, facts: wanted }) => {
      const made = await runSteps(shared, steps, options);
      options.signal?.throwIfAborted();
      const file = await encode(made.image, output, { registry: registries.exporters });
      const { alpha } = registries.exporters.get(file.format);
      const shown = alpha || wanted.length === 0 ? made.image : await opaque(made.image, output);
      return { name, steps: made.steps, facts: await facts(shown, wanted), file };
    }),
  );
}

/** The picture as a file without transparency shows it. */
async function opaque(
  image: Image,
  { background }: Readonly<Record<string, unknown>>,
): Promise<Image> {
  const step = typeof background === "string" ? flatten({ background }) : flatten();
  return (await runSteps(image, recipe(step))).image;
}
