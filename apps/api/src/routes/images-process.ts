import { TintypeError, type ErrorKind } from "@tintype/errors";
import { hasEnded, jobSchema, type JobError } from "@tintype/jobs";
import type { PipelineResult } from "@tintype/pipeline";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { versionNumber, versionQuery } from "../images/version-number.ts";
import { invalidRequest } from "../invalid-request.ts";
import { acceptHeaders, acceptJob, answerJob } from "../jobs/accept-job.ts";
import { parseProcessImageBody, processImageSchema, requestOf } from "../process-image-body.ts";
import { readJson } from "../read-body.ts";
import { processImageAnswer, processingAnswer } from "./process-image.ts";

const answer = processImageAnswer
  .extend({
    versions: z
      .record(z.string(), z.int())
      .describe("The numbers of the picture's new versions, by the variants' names."),
  })
  .meta({ id: "ProcessUploadAnswer" });

/** Has a picture of the library processed; each file becomes one of its versions. */
export const processUploadRoute: RouteFactory = ({ assets, jobs, pipeline, storage }) => {
  const whole = processImageSchema(pipeline.registries);
  const schema = whole.omit({ imageBase64: true, imageUrl: true, source: true });
  return {
    method: "post",
    path: "/api/v1/images/:id/process",
    operation: {
      summary: "Process an uploaded picture into versions",
      description:
        "The same as processing a picture that is sent along, as a job; by default its original.",
      tags: ["Images"],
      requestParams: {
        path: z.object({ id: z.string() }),
        query: versionQuery,
        header: acceptHeaders,
      },
      requestBody: {
        required: true,
        content: { "application/json": { schema: schema.meta({ id: "ProcessUploadRequest" }) } },
      },
      responses: {
        200: {
          description: "The files, kept as versions: for a client that waits for them.",
          content: { "application/json": { schema: answer } },
        },
        202: {
          description: "The job that makes them.",
          content: { "application/json": { schema: jobSchema } },
        },
      },
    },
    async handle(context) {
      const id = context.req.param("id") ?? "";
      const version = versionNumber(context.req.query("version"));
      const { key, asset } = await (await assets()).locate(id, version);
      const given = Object(await readJson(context.req)) as Record<string, unknown>;
      if (["imageBase64", "imageUrl", "source"].some((name) => name in given))
        throw invalidRequest(
          "The picture is named by the address: leave imageBase64, imageUrl and source out.",
        );
      const named = { filename: asset.name, ...given, source: { kind: "stored", key } };
      const body = parseProcessImageBody(whole, named, pipeline.registries);
      const { source: _stored, ...work } = requestOf(body, context.req.header("accept"));
      const wish = {
        kind: "process",
        project: asset.project,
        input: { asset: { id, version }, ...work },
      };
      const job = await acceptJob(await jobs(), wish, context);
      context.header("location", `/api/v1/jobs/${job.id}`);
      if (job.state === "failed" && job.error) throw asError(job.error);
      if (!hasEnded(job) || job.state === "canceled") return answerJob(context, job, false);
      const result = job.result as PipelineResult;
      const inlineFrom = body.inline && storage;
      return context.json(await processingAnswer(result, context.get("requestId"), inlineFrom));
    },
  };
};

/** Why a job failed, as the error that its client would have had without one. */
function asError({ kind, code, message, retryable }: JobError): Error {
  if (kind === "internal") return new Error(message);
  const named = { kind: kind satisfies ErrorKind, code: code as `${string}.${string}` };
  return new TintypeError({ ...named, message, retryable });
}
