import { TintypeError } from "@tintype/errors";
import {
  buildPrompt,
  sniffMediaType,
  type GeneratedImage,
  type ImageGenerator,
  type PromptBook,
  type ReferencePicture,
} from "@tintype/generators";
import type { Provenance } from "@tintype/image-core";

import { settleAll } from "../settle-all.ts";
import type { GenerateSource } from "./generate-source.ts";
import type { GenerationServices } from "./generation-services.ts";

/** How a picture came to be. */
export interface GenerationFacts extends Omit<
  GeneratedImage,
  "bytes" | "digitalSourceType" | "createdAt"
> {
  readonly generator: string;
  /** The final prompt. */
  readonly prompt: string;
  /** The template and its wording, where one was named. */
  readonly template?: { readonly name: string; readonly variant: string };
  /** ISO 8601; left out where the same request always gives the same bytes. */
  readonly createdAt?: string;
}

/** A picture that was made, where it comes from, and how it came to be. */
export interface GeneratedBytes {
  readonly bytes: Uint8Array;
  readonly provenance: Provenance;
  readonly generation: GenerationFacts;
}

/** Makes the picture that a source describes; `load` reads its references. */
export async function readGenerated(
  { references, ...source }: GenerateSource,
  {
    generation,
    prompts,
  }: { readonly generation: GenerationServices; readonly prompts: PromptBook },
  load: (reference: string) => Promise<Uint8Array>,
  signal?: AbortSignal,
): Promise<GeneratedBytes> {
  const generator = await generatorOf(source.generator ?? generation.defaultGenerator, generation);
  const { template, ...built } = buildPrompt(
    { ...source, brand: source.brand ?? generation.brand },
    prompts,
  );
  const pictures = await settleAll(references.map((one) => referencePicture(one, load)));
  const { quality, seed, model } = source;
  const request = { ...built, quality, seed, model, references: pictures };
  const { images } = await generator.generate(request, { signal });
  const [{ bytes, digitalSourceType, createdAt, ...image }] = images as readonly [GeneratedImage];
  return {
    bytes,
    provenance: {
      digitalSourceType,
      model: `${generator.name} ${image.model}`,
      createdAt: createdAt ?? "",
    },
    generation: {
      ...image,
      generator: generator.name,
      prompt: built.prompt,
      ...(template && { template }),
      ...(createdAt !== undefined && { createdAt }),
    },
  };
}

async function generatorOf(
  name: string,
  { generators }: GenerationServices,
): Promise<ImageGenerator> {
  const found = Object.hasOwn(generators, name) ? generators[name] : undefined;
  if (found) return typeof found === "function" ? found() : found;
  const known = Object.keys(generators);
  throw new TintypeError({
    kind: "invalid_input",
    code: "generator.unknown",
    message: `There is no generator ${JSON.stringify(name)}. Known: ${known.join(", ")}.`,
    details: { generator: name, generators: known },
  });
}

async function referencePicture(
  reference: string,
  load: (reference: string) => Promise<Uint8Array>,
): Promise<ReferencePicture> {
  const bytes = await load(reference);
  const mediaType = sniffMediaType(bytes);
  if (mediaType !== undefined && mediaType !== "image/svg+xml") return { bytes, mediaType };
  throw new TintypeError({
    kind: "unsupported",
    code: "generator.unsupported_reference",
    message: "A reference picture must be a PNG, JPEG, WebP, GIF or AVIF.",
  });
}
