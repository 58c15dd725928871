import { runVariations, type RenderedRequest } from "@tintype/pipeline";
import type { Runtime } from "@tintype/runtime";
import type { Key } from "@tintype/storage";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { generateBodySchema, generateRequestOf, variationKey } from "../generate-body.ts";
import { parseRequest } from "../parse-request.ts";
import { readBody } from "../read-body.ts";
import { asVariationFailure, variationFailure } from "../variation-failure.ts";
import { withDeadline } from "../with-deadline.ts";

/** What the route answers, as the reference shows it. */
export const generateAnswer = z
  .object({
    requestId: z.string(),
    images: z.array(
      z.object({
        mediaType: z.string(),
        width: z.int(),
        height: z.int(),
        bytes: z.int(),
        generation: z
          .looseObject({ generator: z.string(), model: z.string(), prompt: z.string() })
          .describe("How the picture came to be: final prompt, model, seed, tokens, cost."),
        key: z.string().optional().describe("Where it is stored, when a key was given."),
        url: z.string().optional(),
        base64: z.string().optional().describe("The picture, when no key was given."),
      }),
    ),
    failures: z.array(variationFailure).describe("Why pictures are missing, where some are."),
    warnings: z.array(z.string()),
  })
  .meta({ id: "GenerateAnswer" });

const examples = {
  "into the answer": { value: { prompt: "a red car", size: "card", seed: 7 } },
  "into the storage": {
    value: { prompt: "a red car", size: "banner", key: "cars/red.webp", metadata: { owner: "42" } },
  },
};

/** Makes pictures from words, into the answer or under a key. */
export const generateRoute: RouteFactory = (runtime) => {
  const { pipeline, settings } = runtime;
  const schema = generateBodySchema(pipeline.registries, settings.generation.maxVariations);
  return {
    method: "post",
    path: "/api/v1/generate",
    operation: {
      summary: "Make pictures from words",
      description: "Into the answer, or under a key of the storage with metadata.",
      tags: ["Generation"],
      requestBody: { required: true, content: { "application/json": { schema, examples } } },
      responses: {
        200: {
          description: "The pictures.",
          content: { "application/json": { schema: generateAnswer } },
        },
      },
    },
    async handle(context) {
      const body = parseRequest(schema, await readBody(context.req));
      const { key, metadata } = body;
      // Before anything is paid for: a key that can't be used is refused at once.
      if (key !== undefined) variationKey(key, body.count - 1);
      const request = pipeline.parse(generateRequestOf(body, pipeline.registries));
      const { results, failures } = await withDeadline(
        settings.processing.timeoutMs,
        (signal) =>
          runVariations(request, body.count, (one) => pipeline.render(one, { signal }), signal),
        context.req.raw.signal,
      );
      const images = results.map((result, index) =>
        imageOf(
          result,
          key === undefined ? undefined : { key: variationKey(key, index), metadata },
          runtime,
        ),
      );
      return context.json({
        requestId: context.get("requestId"),
        images: await Promise.all(images),
        failures: failures.map(asVariationFailure),
        warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
      });
    },
  };
};

/** Tells of a picture, and stores it where it shall go. */
async function imageOf(
  { files: [rendered], generation }: RenderedRequest,
  target: { readonly key: Key; readonly metadata: Readonly<Record<string, string>> } | undefined,
  { storage, settings, signer }: Runtime,
): Promise<object> {
  if (!rendered) throw new RangeError("A request for one file made none.");
  const { data, mediaType, width, height } = rendered.file;
  const facts = { mediaType, width, height, bytes: data.length, generation };
  if (!target) return { ...facts, base64: Buffer.from(data).toString("base64") };
  const { generator = "", model = "" } = generation ?? {};
  const metadata = { ...target.metadata, generator, model };
  await storage.put(target.key, data, { mediaType, metadata });
  const expiresInSeconds = signer && settings.signing.expiresInSeconds;
  return { ...facts, key: target.key, url: await storage.url(target.key, { expiresInSeconds }) };
}
