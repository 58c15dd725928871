import { TintypeError } from "@tintype/errors";

import type { GenerationQuality, GenerationRequest, ReferencePicture } from "./image-generator.ts";

/** A generation request with every default filled in. */
export interface GenerationSettings {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly quality: GenerationQuality;
  readonly count: number;
  readonly seed: number | undefined;
  readonly references: readonly ReferencePicture[];
  readonly model: string | undefined;
}

/** How much a service takes at once. */
export interface GenerationLimits {
  readonly maxCount: number;
  readonly maxReferences: number;
}

const maxSeed = 2 ** 31 - 1;

/** Checks what a generator was given and fills in the defaults, or throws `generator.invalid_input`. */
export function parseGeneration(
  request: GenerationRequest,
  { maxCount, maxReferences }: GenerationLimits,
): GenerationSettings {
  const { prompt, references = [], quality = "medium", seed, model } = request;
  if (prompt.trim() === "") throw invalidGenerationError("The prompt is empty: say what to draw.");
  if (references.length > maxReferences) {
    throw invalidGenerationError(
      `This generator takes at most ${String(maxReferences)} reference pictures.`,
    );
  }
  return {
    prompt,
    width: whole("width", request.width, 1, 16_384),
    height: whole("height", request.height, 1, 16_384),
    quality,
    count: whole("count", request.count ?? 1, 1, maxCount),
    seed: seed === undefined ? undefined : whole("seed", seed, 0, maxSeed),
    references,
    model,
  };
}

/** The seed of one of several pictures: seeds that follow one another. */
export function seedOf(seed: number, index: number): number {
  return (seed + index) % (maxSeed + 1);
}

function whole(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalidGenerationError(
    `${name} must be a whole number from ${String(min)} to ${String(max)}.`,
  );
}

/** The error for a request that no service would understand. */
export function invalidGenerationError(message: string): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "generator.invalid_input", message });
}
