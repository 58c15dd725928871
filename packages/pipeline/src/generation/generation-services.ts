import { createSampleGenerator, type Brand, type ImageGenerator } from "@tintype/generators";

/** What makes pictures from words. */
export interface GenerationServices {
  /** By the names that requests give them; one that is expensive to load may be a function that gives it when asked. */
  readonly generators: Readonly<Record<string, ImageGenerator | (() => Promise<ImageGenerator>)>>;
  /** Who draws where a request names nobody. */
  readonly defaultGenerator: string;
  /** The brand of requests that name none. */
  readonly brand?: Brand | undefined;
}

/** The sample generator alone: no key, no network. */
export const sampleGeneration: GenerationServices = {
  generators: { sample: createSampleGenerator() },
  defaultGenerator: "sample",
};
