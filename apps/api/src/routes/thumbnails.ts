import { runVariations, type PipelineResult } from "@tintype/pipeline";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { parseRequest } from "../parse-request.ts";
import { pictureForm } from "../picture-form.ts";
import { readBody } from "../read-body.ts";
import { thumbnailRequestOf, thumbnailsSchema, withFormPicture } from "../thumbnails-body.ts";
import { asVariationFailure, variationFailure } from "../variation-failure.ts";
import { withDeadline } from "../with-deadline.ts";

/** What the route answers, as the reference shows it. */
export const thumbnailsAnswer = z
  .object({
    requestId: z.string(),
    variations: z.array(
      z.object({
        id: z.string(),
        storagePath: z.string().describe("The key of the lossless file."),
        metadata: z.looseObject({
          prompt: z.string().describe("The final prompt."),
          model: z.string(),
          aspectRatio: z.string(),
          generator: z.string(),
        }),
        exports: z
          .record(
            z.string(),
            z.object({
              format: z.string(),
              url: z.string(),
              filePath: z.string().describe("The file's key."),
              size: z.int().describe("In bytes."),
              exportedAt: z.string(),
            }),
          )
          .describe("The files by their formats."),
      }),
    ),
    failures: z.array(variationFailure).describe("Why variations are missing, where some are."),
    warnings: z.array(z.string()),
  })
  .meta({ id: "ThumbnailsAnswer" });

const examples = {
  words: { value: { script: "How to brew better coffee", theme: "illustration", count: 2 } },
};

/** Makes thumbnails from a script, each in three formats. */
export const thumbnailsRoute: RouteFactory = ({ pipeline, settings }) => {
  const schema = thumbnailsSchema(pipeline.registries, settings.generation.maxVariations);
  return {
    method: "post",
    path: "/api/v1/thumbnails",
    operation: {
      summary: "Make thumbnails from words",
      description:
        "Variations are made side by side; those that succeed come with why the others did not.",
      tags: ["Generation"],
      requestBody: {
        required: true,
        content: {
          "application/json": { schema, examples },
          "multipart/form-data": { schema: pictureForm(schema, "ThumbnailsForm") },
        },
      },
      responses: {
        200: {
          description: "The thumbnails.",
          content: { "application/json": { schema: thumbnailsAnswer } },
        },
      },
    },
    async handle(context) {
      const body = parseRequest(schema, withFormPicture(await readBody(context.req)));
      const request = pipeline.parse(thumbnailRequestOf(body));
      const { results, failures } = await withDeadline(
        settings.processing.timeoutMs,
        (signal) =>
          runVariations(request, body.count, (one) => pipeline.run(one, { signal }), signal),
        context.req.raw.signal,
      );
      return context.json({
        requestId: context.get("requestId"),
        variations: results.map((result, index) => variationOf(result, index, body.aspectRatio)),
        failures: failures.map(asVariationFailure),
        warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
      });
    },
  };
};

function variationOf(
  { variants, generation, exportedAt }: PipelineResult,
  index: number,
  aspectRatio: string,
) {
  const files = variants.map(({ name, format, url, key, bytes }) => {
    const file = { format, url, filePath: key, size: bytes, exportedAt };
    return [name, file] as const;
  });
  return {
    id: `var-${String(index + 1)}`,
    storagePath: variants[0]?.key,
    metadata: { ...generation, aspectRatio },
    exports: Object.fromEntries(files),
  };
}
