import { isTintypeError, type TintypeError } from "@tintype/errors";
import { encode } from "@tintype/exporters";
import { gradient } from "@tintype/image-core/testing";
import { createMemoryStorage, type Storage } from "@tintype/storage";

import { createPipeline, type Pipeline } from "../create-pipeline.ts";
import type { PipelineServices } from "../services.ts";

/** A PNG with something to see in it. */
export async function samplePng(width = 48, height = 32, channels: 3 | 4 = 4): Promise<Buffer> {
  return (await encode(gradient(width, height, channels), { format: "png" })).data;
}

/** A pipeline over a memory storage of its own. */
export function testPipeline(services: Partial<PipelineServices> = {}): {
  readonly pipeline: Pipeline;
  readonly storage: Storage;
} {
  const storage = services.storage ?? createMemoryStorage();
  return { pipeline: createPipeline({ ...services, storage }), storage };
}

/** The error that a call throws or rejects with; fails when there is none, or one that Tintype did not name. */
export async function failureOf(call: () => unknown): Promise<TintypeError> {
  try {
    await call();
  } catch (error) {
    if (isTintypeError(error)) return error;
    throw error;
  }
  throw new Error("The call succeeded.");
}
