import { declare, type Callable, type Declaration, type StepCall } from "@tintype/image-core";
import type { z } from "zod";

import type { OutputCall } from "./define-exporter.ts";

/** One file to make of a picture: its own steps after the shared ones, then the format. */
export interface VariantCall {
  /** Part of the file's name, and its key in the result. */
  readonly name: string;
  readonly steps?: readonly StepCall[];
  readonly output: OutputCall;
}

/** What a preset stands for: steps for the picture, and the variants to export. */
export interface PresetContent {
  readonly steps: readonly StepCall[];
  readonly variants: readonly VariantCall[];
}

/** A declared preset; calling it makes plain data: `thumbnail({ aspectRatio: "4:3" })`. */
export type Preset<
  Name extends string = string,
  Options extends z.ZodObject = z.ZodObject,
> = Callable<"preset", Name, Options> & {
  readonly content: (options: z.output<Options>) => PresetContent;
};

/** Declares a preset: name, summary, examples, options with their defaults, and what it stands for. */
export function definePreset<const Name extends string, Options extends z.ZodObject>(
  preset: Omit<Declaration<"preset", Name, Options>, "kind"> & {
    readonly content: (options: z.output<Options>) => PresetContent;
  },
): Preset<Name, Options> {
  return declare({ kind: "preset" as const, ...preset });
}
