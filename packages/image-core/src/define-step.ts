import type { z } from "zod";

import type { FindRemover } from "./background-remover.ts";
import { declare, type Callable, type Declaration } from "./declaration.ts";
import type { Image } from "./image.ts";
import type { ImageLimits, Size } from "./limits.ts";
import type { Sharp } from "./process-settings.ts";

/** What a step may use besides its image and options. */
export interface StepContext {
  readonly limits: ImageLimits;
  readonly signal: AbortSignal | undefined;
  /** Opens another picture that the recipe refers to, such as a logo; what a reference may be is the caller's affair. */
  load(reference: string): Promise<Image>;
  /** The background remover for an engine, such as `grabcut`. */
  readonly backgroundRemover: FindRemover;
}

/** What a step hands on: a sharp instance still to be run, or an image, with what is worth knowing about it. */
export type StepOutcome =
  | Sharp
  | Image
  | { readonly image: Sharp | Image; readonly report: Readonly<Record<string, unknown>> };

/** How a step's work is done. */
export interface StepBehaviour<Options extends z.ZodObject> {
  /** The size of the result; left out by a step that can't make the picture larger. */
  readonly size?: (options: z.output<Options>, input: Size) => Size;
  /** Whether the result has transparency; given beside `size` where both are known before, so that the work may wait for an encoder. */
  readonly hasAlpha?: (options: z.output<Options>, input: Image) => boolean;
  readonly apply: (
    image: Image,
    options: z.output<Options>,
    context: StepContext,
  ) => StepOutcome | Promise<StepOutcome>;
  /**
   * For a step that looks at content: looks once at all frames of an animation and gives what to do with each, so that
   * they keep one size. Left out by the others, which are applied to each frame alone.
   */
  readonly plan?: (
    frames: readonly Image[],
    options: z.output<Options>,
    context: StepContext,
  ) => Promise<(frame: Image) => StepOutcome | Promise<StepOutcome>>;
}

/** A declared step; calling it makes plain data: `resize({ width: 800 })` is `{ step: "resize", width: 800 }`. */
export type Step<
  Name extends string = string,
  Options extends z.ZodObject = z.ZodObject,
> = Callable<"step", Name, Options> & Readonly<StepBehaviour<Options>>;

/** Declares a step: name, summary, examples, options with their defaults, and the function that does it. */
export function defineStep<const Name extends string, Options extends z.ZodObject>(
  step: Omit<Declaration<"step", Name, Options>, "kind"> & StepBehaviour<Options>,
): Step<Name, Options> {
  return declare({ kind: "step" as const, ...step });
}
