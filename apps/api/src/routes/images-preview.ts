import { pipelineRequestSchema, type Source } from "@tintype/pipeline";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { createReducedPictures } from "../images/reduced-pictures.ts";
import { versionNumber, versionQuery } from "../images/version-number.ts";
import { inertHeaders } from "../inert-headers.ts";
import { parseRequest } from "../parse-request.ts";
import { readJson } from "../read-body.ts";
import { withDeadline } from "../with-deadline.ts";

/** Shows what a recipe would make of an uploaded picture; nothing is stored. */
export const previewImageRoute: RouteFactory = ({ assets, pipeline, settings }) => {
  const { steps } = pipelineRequestSchema(pipeline.registries).shape;
  const schema = z
    .strictObject({
      steps,
      output: pipeline.registries.exporters.schema.describe("The format and its options."),
      maxSide: z
        .int()
        .min(16)
        .max(4096)
        .optional()
        .describe(
          "Reduces the picture's first frame to a box of so many px before the steps, which is much faster.",
        ),
    })
    .meta({ id: "PreviewRequest" });
  const reduced = createReducedPictures(pipeline);
  return {
    method: "post",
    path: "/api/v1/images/:id/preview",
    operation: {
      summary: "See what a recipe would make of an uploaded picture",
      description: "Answers with the file itself; nothing is stored.",
      tags: ["Images"],
      requestParams: { path: z.object({ id: z.string() }), query: versionQuery },
      requestBody: { required: true, content: { "application/json": { schema } } },
      responses: { 200: { description: "The file.", content: { "image/*": {} } } },
    },
    async handle(context) {
      const library = await assets();
      const id = context.req.param("id") ?? "";
      const { key, version } = await library.locate(
        id,
        versionNumber(context.req.query("version")),
      );
      const wish = parseRequest(schema, await readJson(context.req));
      const { maxSide, output, ...recipe } = wish;
      const stored: Source = { kind: "stored", key };
      const { file } = await withDeadline(
        settings.processing.timeoutMs,
        async (signal) => {
          const variants = [{ name: "preview", output }];
          const begun =
            maxSide === undefined
              ? { source: stored, ...recipe }
              : await reduced(
                  { sha256: version.sha256, source: stored, maxSide },
                  recipe.steps,
                  signal,
                );
          const request = pipeline.parse({ ...begun, variants });
          const { files } = await pipeline.render(request, { signal });
          // One variant was asked for.
          return files[0] as (typeof files)[number];
        },
        context.req.raw.signal,
      );
      return context.body(file.data as Uint8Array<ArrayBuffer>, 200, {
        "content-type": file.mediaType,
        "cache-control": "no-store",
        ...inertHeaders,
      });
    },
  };
};
