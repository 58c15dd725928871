import { TintypeError } from "@tintype/errors";
import type { Pipeline, PipelineResult, Source } from "@tintype/pipeline";
import type { Storage } from "@tintype/storage";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";
import { forgetPicture, keepPicture } from "./kept-picture.ts";

/** The shape of the older post-processor's jobs. */
const input = z
  .strictObject({
    id: z.string().max(200).optional().describe("The sender's own id; accepted once."),
    tool: z.enum(["dall-e", "sora", "stable-diffusion"]).describe("What made the picture."),
    sourceUrl: z.string().max(8192).optional().describe("An http or https address."),
    sourcePath: z.string().max(1024).optional().describe("Such as `s3://bucket/original.jpg`."),
    sourceBuffer: z
      .union([
        z.string(),
        z.strictObject({ type: z.literal("Buffer"), data: z.array(z.int().min(0).max(255)) }),
      ])
      .optional()
      .describe("The file in base64, or as Node writes a buffer."),
    sourceKey: z.string().optional().describe("The key of a file in the storage."),
    userId: z.string().max(200).optional(),
    metadata: z.record(z.string(), z.unknown()).default({}),
  })
  .meta({ id: "PostProcessJobInput" });

type Input = z.output<typeof input>;

/** The kind of jobs of the older post-processor: two qualities of a picture that a tool made, told of as it told of them. */
export function postProcessJob({
  pipeline,
  storage,
}: {
  readonly pipeline: Pipeline;
  readonly storage: Storage;
}): JobKind {
  const requestOf = (given: Input) =>
    pipeline.parse({ source: sourceOf(given), preset: given.tool });
  return defineJobKind({
    name: "post-process",
    summary: "Make the normal and the high quality of a picture that a tool made.",
    input,
    examples: [{ tool: "dall-e", sourceUrl: "https://example.com/original.jpg", userId: "u1" }],
    check: (given) => void requestOf(given),
    async keep(given, id) {
      const kept = await keepPicture(storage, id, sourceOf(given));
      if (kept?.kind !== "stored") return given;
      const { sourceBuffer: _kept, ...rest } = given;
      return { ...rest, sourceKey: kept.key };
    },
    forget: async (id) => forgetPicture(storage, id),
    async run(given, { id, signal, timeoutMs }) {
      return told(given, id, await pipeline.run(requestOf(given), { signal, timeoutMs }));
    },
  });
}

function sourceOf({ sourceUrl, sourcePath, sourceBuffer, sourceKey }: Input): Source {
  const given: (Source | false)[] = [
    sourceUrl !== undefined && { kind: "url", url: sourceUrl },
    sourcePath !== undefined && { kind: "s3", url: sourcePath },
    sourceKey !== undefined && { kind: "stored", key: sourceKey },
    sourceBuffer !== undefined && {
      kind: "bytes",
      data: typeof sourceBuffer === "string" ? sourceBuffer : Uint8Array.from(sourceBuffer.data),
    },
  ];
  const [source, ...more] = given.filter((one) => one !== false);
  if (source !== undefined && more.length === 0) return source;
  throw new TintypeError({
    kind: "invalid_input",
    code: "job.invalid",
    message: "Give exactly one of sourceUrl, sourcePath and sourceBuffer.",
  });
}

function told(given: Input, id: string, result: PipelineResult) {
  const { variants, source, compressionRatio, timings } = result;
  return {
    jobId: given.id ?? id,
    tool: given.tool,
    ...(given.userId !== undefined && { userId: given.userId }),
    success: true,
    variants: variants.map(({ name, ...file }) => ({ variant: name, size: file.bytes, ...file })),
    originalSize: source.bytes,
    compressedSizes: Object.fromEntries(variants.map(({ name, bytes }) => [name, bytes])),
    compressionRatio,
    processingTimeMs: timings.total,
    metadata: given.metadata,
  };
}
