import { TintypeError } from "@tintype/errors";

import { applyStep } from "./apply-step.ts";
import { refuseToRemove, type FindRemover } from "./background-remover.ts";
import type { StepContext } from "./define-step.ts";
import { imageFromPixels, standsAlone, type Image } from "./image.ts";
import { defaultLimits, type ImageLimits } from "./limits.ts";
import { builtInSteps, type Recipe, type StepRegistry } from "./recipe.ts";

/** What {@link runSteps} works with besides the image and the recipe. */
export interface RunStepsOptions {
  readonly registry?: StepRegistry;
  /** Hold for the result of every step. */
  readonly limits?: Partial<ImageLimits>;
  readonly signal?: AbortSignal;
  /** Opens the pictures that steps refer to; without it such steps fail. */
  readonly load?: StepContext["load"];
  /** Leaves a last step that can wait to who needs its picture: an encoder does it on its way, without the pixels between. */
  readonly lastLater?: boolean;
  /** Finds the background remover for an engine; without it `remove-background` fails. */
  readonly backgroundRemover?: FindRemover;
}

/** What one step did. */
export interface AppliedStep {
  readonly step: string;
  /** Size after the step, in px. */
  readonly width: number;
  readonly height: number;
  /** Of a step that was left for later, only what it took to prepare it. */
  readonly durationMs: number;
  /** What the step found out, such as the box that auto-crop kept. */
  readonly report?: Readonly<Record<string, unknown>>;
}

/**
 * Runs the steps of a recipe one after the other, on every frame of an animation; the given image is left as it is.
 *
 * @throws TintypeError `image.corrupt` when the source can't be decoded, `limit_exceeded` before a step that would
 * make the picture too large, `step.failed` for any other failure inside a step. Aborts pass through.
 */
export async function runSteps(
  image: Image,
  recipe: Recipe,
  {
    registry = builtInSteps,
    limits = {},
    signal,
    load = refuseToLoad,
    lastLater = false,
    backgroundRemover = refuseToRemove,
  }: RunStepsOptions = {},
): Promise<{ readonly image: Image; readonly steps: readonly AppliedStep[] }> {
  const context: StepContext = {
    limits: { ...defaultLimits, ...limits },
    signal,
    load,
    backgroundRemover,
  };
  const applied: AppliedStep[] = [];
  let current = image;
  if (image.decodeFirst && !image.animation && recipe.length > 0) {
    const { colorSpace } = image;
    current = { ...imageFromPixels(await image.pixels(), image.metadata), colorSpace };
  }
  const source = current;
  for (const [index, { step: name, ...options }] of recipe.entries()) {
    signal?.throwIfAborted();
    const started = performance.now();
    const later = lastLater && index === recipe.length - 1;
    const step = registry.get(name);
    const { result, report } = await applyStep(step, current, options, context, { later });
    if (result !== current && current !== source && standsAlone(result)) current.release?.();
    current = result;
    applied.push({
      step: name,
      width: current.width,
      height: current.height,
      durationMs: Number((performance.now() - started).toFixed(2)),
      ...(report && { report }),
    });
  }
  return { image: current, steps: applied };
}

async function refuseToLoad(): Promise<never> {
  throw new TintypeError({
    kind: "configuration",
    code: "step.no_loader",
    message: "This recipe refers to another picture; pass a `load` function to open it.",
  });
}
