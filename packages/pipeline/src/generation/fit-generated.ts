import { isAbort, isTintypeError } from "@tintype/errors";
import { promptSize, type PromptBook } from "@tintype/generators";
import { composite, recipe, resize, type Recipe, type Size } from "@tintype/image-core";

import type { GenerateSource } from "./generate-source.ts";

/** What is done to a picture that was made before a request's own steps, and what the user should know of it. */
export interface Fitting {
  readonly steps: Recipe;
  readonly warnings: readonly string[];
}

/**
 * Brings a picture that was made to the exact size that was asked for, and blends the base picture in; `open` reads that
 * one, and where it can't, the picture goes on without it and says so.
 */
export async function fitGenerated(
  source: GenerateSource,
  made: Size,
  prompts: PromptBook,
  open: (reference: string) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<Fitting> {
  const { width, height } = promptSize(source, prompts);
  const isFitting = made.width === width && made.height === height;
  const sized = isFitting ? [] : [resize({ width, height, fit: "cover", enlarge: true })];
  const { base } = source;
  if (base === undefined) return { steps: recipe(...sized), warnings: [] };
  try {
    await open(base.image);
    return { steps: recipe(...sized, composite({ ...base, scale: "match" })), warnings: [] };
  } catch (error) {
    if (isAbort(error, signal) || !isTintypeError(error)) throw error;
    const warning = `The base picture was left out, as it could not be read: ${error.message}`;
    return { steps: recipe(...sized), warnings: [warning] };
  }
}
