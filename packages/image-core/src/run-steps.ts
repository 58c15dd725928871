import { isAbort, isTintypeError, TintypeError } from "@tintype/errors";

import type { StepContext, StepOutcome } from "./define-step.ts";
import { imageFromPixels, readPixels, type Image } from "./image.ts";
import { assertWithinLimits, defaultLimits, type ImageLimits } from "./limits.ts";
import type { Sharp } from "./process-settings.ts";
import { builtInSteps, type AnyStep, type Recipe, type StepRegistry } from "./recipe.ts";

/** What {@link runSteps} works with besides the image and the recipe. */
export interface RunStepsOptions {
  readonly registry?: StepRegistry;
  /** Hold for the result of every step. */
  readonly limits?: Partial<ImageLimits>;
  readonly signal?: AbortSignal;
  /** Opens the pictures that steps refer to; without it such steps fail. */
  readonly load?: StepContext["load"];
}

/** What one step did. */
export interface AppliedStep {
  readonly step: string;
  /** Size after the step, in px. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  /** What the step found out, such as the box that auto-crop kept. */
  readonly report?: Readonly<Record<string, unknown>>;
}

/**
 * Runs the steps of a recipe one after the other; the given image is left as it is.
 *
 * @throws TintypeError `image.corrupt` when the source can't be decoded, `limit_exceeded` before a step that would
 * make the picture too large, `step.failed` for any other failure inside a step. Aborts pass through.
 */
export async function runSteps(
  image: Image,
  recipe: Recipe,
  { registry = builtInSteps, limits = {}, signal, load = refuseToLoad }: RunStepsOptions = {},
): Promise<{ readonly image: Image; readonly steps: readonly AppliedStep[] }> {
  const context: StepContext = { limits: { ...defaultLimits, ...limits }, signal, load };
  const applied: AppliedStep[] = [];
  let current = image;
  if (image.decodeFirst && recipe.length > 0) {
    current = imageFromPixels(await image.pixels(), image.metadata);
  }
  for (const { step: name, ...options } of recipe) {
    signal?.throwIfAborted();
    const started = performance.now();
    const { result, report } = await applyStep(registry.get(name), current, options, context);
    current = result;
    applied.push({
      step: name,
      width: current.width,
      height: current.height,
      durationMs: performance.now() - started,
      ...(report && { report }),
    });
  }
  return { image: current, steps: applied };
}

async function applyStep(
  step: AnyStep,
  image: Image,
  options: object,
  context: StepContext,
): Promise<{ result: Image; report?: Readonly<Record<string, unknown>> }> {
  const what = `result of the step "${step.name}"`;
  const size = step.size?.(options as never, image);
  if (size) assertWithinLimits(size, context.limits, { what });
  try {
    const outcome = await step.apply(image, options as never, context);
    const { image: made, report } = "report" in outcome ? outcome : { image: outcome };
    const result = isSharp(made) ? imageFromPixels(await readPixels(made), image.metadata) : made;
    assertWithinLimits(result, context.limits, { what });
    return report ? { result, report } : { result };
  } catch (error) {
    if (isTintypeError(error) || isAbort(error, context.signal)) throw error;
    // The step may have been the first to open a damaged source: decoding it alone tells the two apart.
    await image.pixels();
    throw new TintypeError({
      kind: "processing",
      code: "step.failed",
      message: `The step "${step.name}" failed on this picture.`,
      details: { step: step.name },
      cause: error,
    });
  }
}

function isSharp(made: Exclude<StepOutcome, { report: object }>): made is Sharp {
  return !("pixels" in made);
}

async function refuseToLoad(): Promise<never> {
  throw new TintypeError({
    kind: "configuration",
    code: "step.no_loader",
    message: "This recipe refers to another picture; pass a `load` function to open it.",
  });
}
