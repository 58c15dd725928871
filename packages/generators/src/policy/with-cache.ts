import { createHash } from "node:crypto";

import type {
  GeneratedImage,
  Generation,
  GenerationRequest,
  ImageGenerator,
} from "../image-generator.ts";
import type { ByteCache } from "./byte-cache.ts";
import type { UsageMeter } from "./usage-meter.ts";

/** Where pictures are kept, and who counts the hits. */
export interface CacheOptions {
  readonly cache: ByteCache;
  readonly meter?: UsageMeter | undefined;
}

const free = { amount: 0, currency: "USD" } as const;

/**
 * A generator that answers equal requests with a seed from a cache, at no cost; requests without a seed ask for another
 * picture each time, and always go through. Only whole successes are kept.
 */
export function withCache(
  generator: ImageGenerator,
  { cache, meter }: CacheOptions,
): ImageGenerator {
  return {
    ...generator,
    async generate(request, call) {
      call?.signal?.throwIfAborted();
      if (request.seed === undefined) return generator.generate(request, call);
      const name = nameOf(generator.name, request);
      const kept = await cache.get(name);
      if (kept) {
        meter?.recordCacheHit(generator.name);
        return read(kept);
      }
      const generation = await generator.generate(request, call);
      if (generation.failures.length === 0) await cache.put(name, written(generation));
      return generation;
    },
  };
}

/** Of everything that a picture depends on, the references by their content. */
function nameOf(generator: string, request: GenerationRequest): string {
  const { prompt, width, height, quality, count = 1, seed, model, references = [] } = request;
  const hashes = references.map(({ bytes }) => createHash("sha256").update(bytes).digest("hex"));
  const content = [generator, model, prompt, width, height, quality, count, seed, hashes];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

type WrittenImage = Omit<GeneratedImage, "bytes"> & { readonly base64: string };

function written({ images }: Generation): Uint8Array {
  const texts = images.map(({ bytes, ...facts }): WrittenImage => ({
    ...facts,
    base64: Buffer.from(bytes).toString("base64"),
  }));
  return Buffer.from(JSON.stringify(texts));
}

function read(kept: Uint8Array): Generation {
  const texts = JSON.parse(Buffer.from(kept).toString()) as readonly WrittenImage[];
  const images = texts.map(({ base64, ...facts }) =>
    Object.assign(facts, { bytes: new Uint8Array(Buffer.from(base64, "base64")), cost: free }),
  );
  return { images, failures: [] };
}
