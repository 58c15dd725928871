import type { PromptBook } from "@tintype/generators";
import { parseKey } from "@tintype/storage";
import { z } from "zod";

import { generateSourceSchema } from "./generation/generate-source.ts";

/** How the picture is read, wherever it comes from. */
const reading = {
  animated: z
    .boolean()
    .optional()
    .describe(
      "Whether an animation keeps its frames, as it does when left out, or its first alone.",
    ),
  page: z
    .int()
    .min(0)
    .optional()
    .describe("The page of a TIFF, or the frame of an animation, to take alone; from 0."),
  name: z
    .string()
    .max(1024)
    .optional()
    .describe(
      "The file's name: an extension that belongs to another type than the content is refused.",
    ),
};

/** Where the picture comes from; one that is made is described with the names that a book of prompts knows. */
export function sourceSchema(prompts: PromptBook) {
  return z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("bytes"),
      data: z
        .custom<Uint8Array | string>(
          (value) => typeof value === "string" || value instanceof Uint8Array,
          { error: "expected base64, or bytes in a library call" },
        )
        .meta({
          type: "string",
          contentEncoding: "base64",
          description: "The encoded picture in base64; a library call may give a Uint8Array.",
          override: { type: "string", contentEncoding: "base64" },
        }),
      ...reading,
    }),
    z.strictObject({
      kind: z.literal("url"),
      url: z.string().max(8192).describe("An http or https address on the public internet."),
      ...reading,
    }),
    z.strictObject({
      kind: z.literal("stored"),
      key: z.string().describe("The key of an object in the storage."),
      ...reading,
    }),
    z.strictObject({
      kind: z.literal("s3"),
      url: z
        .string()
        .regex(/^s3:\/\/[\w.-]+\/./)
        .describe("An object in a bucket that may be read, such as `s3://bucket/folder/car.png`."),
      ...reading,
    }),
    generateSourceSchema(prompts),
  ]);
}

/** A source as a request gives it. */
export type Source = z.output<ReturnType<typeof sourceSchema>>;

/** What a step's reference to another picture means: an http(s) or s3 address, a `data:` URL, or else a stored object's key. */
export function parseReference(reference: string): Source {
  if (/^https?:/iu.test(reference)) return { kind: "url", url: reference };
  if (/^s3:/iu.test(reference)) return { kind: "s3", url: reference };
  if (/^data:/iu.test(reference)) return { kind: "bytes", data: reference };
  return { kind: "stored", key: parseKey(reference) };
}
