import { TintypeError } from "@tintype/errors";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { versionNumber, versionQuery } from "../images/version-number.ts";
import { parseProcessImageBody, processImageSchema, requestOf } from "../process-image-body.ts";
import { readJson } from "../read-body.ts";
import { withDeadline } from "../with-deadline.ts";
import { processImageAnswer, processingAnswer } from "./process-image.ts";

const answer = processImageAnswer
  .extend({
    versions: z
      .record(z.string(), z.int())
      .describe("The numbers of the picture's new versions, by the variants' names."),
  })
  .meta({ id: "ProcessUploadAnswer" });

/** Processes a picture of the library; each file becomes one of its versions. */
export const processUploadRoute: RouteFactory = ({ assets, pipeline, storage, settings }) => {
  const whole = processImageSchema(pipeline.registries);
  const schema = whole.omit({ imageBase64: true, imageUrl: true, source: true });
  return {
    method: "post",
    path: "/api/v1/images/:id/process",
    operation: {
      summary: "Process an uploaded picture into versions",
      description: "The same as processing a picture that is sent along; by default its original.",
      tags: ["Images"],
      requestParams: { path: z.object({ id: z.string() }), query: versionQuery },
      requestBody: {
        required: true,
        content: { "application/json": { schema: schema.meta({ id: "ProcessUploadRequest" }) } },
      },
      responses: {
        200: {
          description: "The files, kept as versions.",
          content: { "application/json": { schema: answer } },
        },
      },
    },
    async handle(context) {
      const library = await assets();
      const id = context.req.param("id") ?? "";
      const { key, asset } = await library.locate(id, versionNumber(context.req.query("version")));
      const given = Object(await readJson(context.req)) as Record<string, unknown>;
      if (["imageBase64", "imageUrl", "source"].some((name) => name in given)) throw twoPictures();
      const source = { kind: "stored", key };
      const named = { filename: asset.name, ...given, source };
      const body = parseProcessImageBody(whole, named, pipeline.registries);
      const request = pipeline.parse(requestOf(body, context.req.header("accept")));
      const result = await withDeadline(
        settings.processing.timeoutMs,
        (signal) => pipeline.run(request, { signal }),
        context.req.raw.signal,
      );
      const recipes = new Map(
        request.variants.map(({ name, steps, output }) => [
          name,
          { steps: [...request.steps, ...steps], output },
        ]),
      );
      const files = result.variants.map((file) =>
        Object.assign({}, file, { recipe: recipes.get(file.name) }),
      );
      const numbers = await library.addVersions(id, files);
      const shown = await processingAnswer(
        result,
        context.get("requestId"),
        body.inline && storage,
      );
      const versions = Object.fromEntries(files.map(({ name }, index) => [name, numbers[index]]));
      return context.json({ ...shown, versions });
    },
  };
};

function twoPictures(): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "request.invalid",
    message: "The picture is named by the address: leave imageBase64, imageUrl and source out.",
  });
}
