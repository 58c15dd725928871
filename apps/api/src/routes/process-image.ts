import type { CachedPipelineResult } from "@tintype/delivery";
import { factsSchema } from "@tintype/exporters";
import type { PipelineResult } from "@tintype/pipeline";
import type { Storage } from "@tintype/storage";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { pictureForm } from "../picture-form.ts";
import { parseProcessImageBody, processImageSchema, requestOf } from "../process-image-body.ts";
import { processImageExamples } from "../process-image-examples.ts";
import { readBody } from "../read-body.ts";
import { withDeadline } from "../with-deadline.ts";

const size = z.tuple([z.int(), z.int()]).describe("Width and height in px.");
const applied = z.array(z.looseObject({ step: z.string(), width: z.int(), height: z.int() }));

/** What the route answers, as the reference shows it. */
export const processImageAnswer = z
  .object({
    success: z.literal(true),
    requestId: z.string(),
    variants: z
      .record(
        z.string(),
        z.object({
          format: z.string(),
          mediaType: z.string(),
          width: z.int(),
          height: z.int(),
          bytes: z.int(),
          sha256: z.string(),
          quality: z.int().optional().describe("What was found where a quality was looked for."),
          key: z.string(),
          url: z.string(),
          steps: applied,
          facts: factsSchema.describe("What the variant asked to be told of the file."),
          base64: z.string().optional().describe("The file, when `inline` was asked for."),
        }),
      )
      .describe("The files by the variants' names."),
    metadata: z.object({
      originalSize: size,
      finalSize: size.describe("After the shared steps: width and height in px."),
      hasShadow: z.boolean(),
      processingTimeMs: z.number(),
    }),
    source: z.looseObject({ format: z.string(), bytes: z.int(), sha256: z.string() }),
    steps: applied.describe("What the shared steps did."),
    facts: factsSchema.describe(
      "What the request asked to be told of the picture after the shared steps.",
    ),
    timings: z.record(z.string(), z.number()).describe("Ms in each stage."),
    compressionRatio: z.number().describe("Bytes of the source ÷ bytes of all files."),
    warnings: z.array(z.string()),
    exportedAt: z.string(),
  })
  .meta({ id: "ProcessImageAnswer" });

/** Processes one picture into stored files. */
export const processImageRoute: RouteFactory = ({ pipeline, storage, settings }) => {
  const schema = processImageSchema(pipeline.registries);
  return {
    method: "post",
    path: "/api/v1/process-image",
    operation: {
      summary: "Process a picture into stored files",
      description:
        "Give a picture and a preset, or a recipe of your own. Without either, the preset `product` is used.",
      tags: ["Processing"],
      requestBody: {
        required: true,
        content: {
          "application/json": { schema, examples: processImageExamples },
          "multipart/form-data": { schema: pictureForm(schema, "ProcessImageForm") },
        },
      },
      responses: {
        200: {
          description: "The files.",
          content: { "application/json": { schema: processImageAnswer } },
        },
      },
    },
    async handle(context) {
      const body = parseProcessImageBody(schema, await readBody(context.req), pipeline.registries);
      const request = pipeline.parse(requestOf(body, context.req.header("accept")));
      const result = await withDeadline(
        settings.processing.timeoutMs,
        (signal) => pipeline.run(request, { signal, transfer: true }),
        context.req.raw.signal,
      );
      const { cache, ...made }: CachedPipelineResult = result;
      context.header("x-cache", (cache ?? "none").toUpperCase());
      return context.json(
        await processingAnswer(made, context.get("requestId"), body.inline && storage),
      );
    },
  };
};

/** The answer to a request that was processed, with the files themselves where `inlineFrom` is given. */
export async function processingAnswer(
  { variants, width, height, ...result }: PipelineResult,
  requestId: string,
  inlineFrom: Storage | false,
): Promise<Record<string, unknown>> {
  const files = variants.map(async ({ name, ...file }) => {
    if (inlineFrom === false) return [name, file] as const;
    const bytes = await (await inlineFrom.get(file.key)).bytes();
    return [name, { ...file, base64: Buffer.from(bytes).toString("base64") }] as const;
  });
  return {
    success: true,
    requestId,
    variants: Object.fromEntries(await Promise.all(files)),
    metadata: {
      originalSize: [result.source.width, result.source.height],
      finalSize: [width, height],
      hasShadow: [result, ...variants].some(({ steps }) =>
        steps.some(({ step }) => step === "shadow"),
      ),
      processingTimeMs: result.timings.total,
    },
    ...result,
  };
}
