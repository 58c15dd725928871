import { isAbort, isTintypeError, TintypeError } from "@tintype/errors";

import type { StepContext, StepOutcome } from "./define-step.ts";
import {
  imageFromFrames,
  imageFromInstance,
  imageFromOwnPixels,
  imageFromPixels,
  readPixels,
  type Animation,
  type Image,
} from "./image.ts";
import { assertWithinLimits } from "./limits.ts";
import type { Sharp } from "./process-settings.ts";
import type { AnyStep } from "./recipe.ts";

/** The picture after a step, and what the step found out. */
interface Applied {
  readonly result: Image;
  readonly report?: Readonly<Record<string, unknown>>;
}

/**
 * Applies a step to a picture or to every frame of an animation; the errors are those of `runSteps`. With `later`, a
 * step whose size and transparency are known before is left for who needs its picture.
 */
export async function applyStep(
  step: AnyStep,
  image: Image,
  options: object,
  context: StepContext,
  { later = false }: { readonly later?: boolean } = {},
): Promise<Applied> {
  const what = `result of the step "${step.name}"`;
  const frames = image.animation?.delays.length ?? 1;
  const size = step.size?.(options as never, image);
  if (size) assertWithinLimits(size, context.limits, { what, frames });
  const failure = (error: unknown) => failureOf(step, image, context, error);
  const { metadata } = image;
  const leave =
    later && size && step.hasAlpha
      ? leftAs({ ...size, hasAlpha: step.hasAlpha(options as never, image), metadata }, failure)
      : undefined;
  try {
    const applied = image.animation
      ? await applyToFrames(step, image, image.animation, options, context)
      : await settled(await step.apply(image, options as never, context), image, leave);
    assertWithinLimits(applied.result, context.limits, { what, frames });
    return applied;
  } catch (error) {
    throw await failure(error);
  }
}

/** What a step that is left for later gives: `failure` says what to throw where it fails then. */
function leftAs(
  facts: Parameters<typeof imageFromInstance>[0],
  failure: (error: unknown) => Promise<unknown>,
): (made: Sharp) => Image {
  const read = async (made: Sharp) =>
    readPixels(made).catch(async (error: unknown) => {
      throw await failure(error);
    });
  return (made) => imageFromInstance(facts, made, read);
}

/** What to throw for an error inside of a step. */
async function failureOf(
  { name }: AnyStep,
  image: Image,
  { signal }: StepContext,
  error: unknown,
): Promise<unknown> {
  if (isTintypeError(error) || isAbort(error, signal)) return error;
  // The step may have been the first to open a damaged source: decoding it alone tells the two apart.
  await (image.animation ? image.animation.frames() : image.pixels());
  return new TintypeError({
    kind: "processing",
    code: "step.failed",
    message: `The step "${name}" failed on this picture.`,
    details: { step: name },
    cause: error,
  });
}

/** One frame after the other, so that no more than one is worked on at a time; the first one's report stands for all. */
async function applyToFrames(
  step: AnyStep,
  { metadata }: Image,
  animation: Animation,
  options: object,
  context: StepContext,
): Promise<Applied> {
  const frames = await animation.frames();
  const apply =
    (await step.plan?.(frames, options as never, context)) ??
    ((frame: Image) => step.apply(frame, options as never, context));
  const applied: Applied[] = [];
  for (const frame of frames) {
    context.signal?.throwIfAborted();
    applied.push(await settled(await apply(frame), frame));
  }
  const results = await withEqualChannels(applied.map(({ result }) => result));
  const [first] = applied as [Applied];
  if (
    results.some(
      ({ width, height }) => width !== first.result.width || height !== first.result.height,
    )
  ) {
    throw new Error("the frames of an animation came out in different sizes");
  }
  return { ...first, result: imageFromFrames(results, animation, metadata) };
}

async function settled(
  outcome: StepOutcome,
  { metadata }: Image,
  leave?: (made: Sharp) => Image,
): Promise<Applied> {
  const { image: made, report } = "report" in outcome ? outcome : { image: outcome };
  const done = async (instance: Sharp) => imageFromOwnPixels(await readPixels(instance), metadata);
  const result = isSharp(made) ? (leave?.(made) ?? (await done(made))) : made;
  return report ? { result, report } : { result };
}

/** A step can leave one frame opaque and another one not. */
async function withEqualChannels(frames: readonly Image[]): Promise<readonly Image[]> {
  if (frames.every(({ hasAlpha }) => hasAlpha === frames[0]?.hasAlpha)) return frames;
  return Promise.all(
    frames.map(async (frame) =>
      frame.hasAlpha ? frame : imageFromPixels(await readPixels(frame.open().ensureAlpha())),
    ),
  );
}

function isSharp(made: Exclude<StepOutcome, { report: object }>): made is Sharp {
  return !("pixels" in made);
}
