import type { TintypeError } from "@tintype/errors";

/** How much care a service takes, and mostly how much it costs. */
export type GenerationQuality = "low" | "medium" | "high";

/** An encoded picture that a generator is shown. */
export interface ReferencePicture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What to draw: the final prompt, and what comes as near as the service can. */
export interface GenerationRequest {
  readonly prompt: string;
  /** The size that is wanted, in px; what comes back has the nearest shape and size that the model knows. */
  readonly width: number;
  readonly height: number;
  /** `medium` when left out. */
  readonly quality?: GenerationQuality | undefined;
  /** How many pictures, 1 when left out; each is another one. */
  readonly count?: number | undefined;
  /** From 0 to 2³¹ − 1; where a service keeps to it, the same seed gives the same picture. Random when left out. */
  readonly seed?: number | undefined;
  /** Pictures to work from, with the prompt as the instruction. */
  readonly references?: readonly ReferencePicture[] | undefined;
  /** A model of the service, instead of the generator's own. */
  readonly model?: string | undefined;
}

/** What a call costs; estimated by a price list unless the service says so. */
export interface Cost {
  readonly amount: number;
  readonly currency: "USD";
}

/** How many tokens a call took. */
export interface TokenUse {
  readonly input: number;
  readonly output: number;
  readonly total: number;
}

/** A picture that a generator made. */
export interface GeneratedImage {
  /** The encoded picture. */
  readonly bytes: Uint8Array;
  /** The media type that these bytes really have, whatever was hoped for. */
  readonly mediaType: string;
  /** The model that made it, which may be a fall-back. */
  readonly model: string;
  readonly seed?: number | undefined;
  /** The service's own word for how it ended. */
  readonly finishReason: string;
  /** The prompt as the service rewrote it, where it says so. */
  readonly revisedPrompt?: string | undefined;
  readonly tokens?: TokenUse | undefined;
  readonly cost: Cost;
  /** A term of the IPTC's digital source types. */
  readonly digitalSourceType:
    | "trainedAlgorithmicMedia"
    | "compositeWithTrainedAlgorithmicMedia"
    | "algorithmicMedia";
  /** ISO 8601; left out by a generator whose same seed gives the same bytes. */
  readonly createdAt?: string | undefined;
}

/** The pictures that succeeded, and why others did not: of several, some may fail without the rest being lost. */
export interface Generation {
  /** At least one. */
  readonly images: readonly GeneratedImage[];
  readonly failures: readonly TintypeError[];
}

/** What makes pictures from words. Every generator keeps the behaviors of `generatorContract` in `@tintype/generators/testing`. */
export interface ImageGenerator {
  /** How requests and results call it: `gemini`, `sample`. */
  readonly name: string;
  /** What all pictures of a request cost at most. */
  estimateCost(request: GenerationRequest): Cost;
  /**
   * Makes the pictures, side by side where the service gives one a call. Rejects with the first failure when none
   * succeeds, and with the signal's own reason after an abort.
   */
  generate(
    request: GenerationRequest,
    call?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Generation>;
}
