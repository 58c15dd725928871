import { jobKindsOf, jobSchema, submissionSchema, hasEnded, type Submission } from "@tintype/jobs";
import { createJobKinds } from "@tintype/runtime/jobs";

import type { RouteFactory } from "../api-route.ts";
import { acceptHeaders, acceptJob, answerJob } from "../jobs/accept-job.ts";
import { readJson } from "../read-body.ts";

/** Accepts a job of any kind. */
export const submitJobRoute: RouteFactory = (runtime) => {
  const schema = submissionSchema(jobKindsOf(createJobKinds(runtime)));
  const accepted = { "application/json": { schema: jobSchema } };
  return {
    method: "post",
    path: "/api/v1/jobs",
    operation: {
      summary: "Have a job done",
      description:
        "A job is accepted when it is on the disk. Look at it where `Location` says, or follow its events.",
      tags: ["Jobs"],
      requestParams: { header: acceptHeaders },
      requestBody: { required: true, content: { "application/json": { schema } } },
      responses: {
        200: { description: "The job, which has ended.", content: accepted },
        202: { description: "The job, which goes on.", content: accepted },
      },
    },
    async handle(context) {
      const queue = await runtime.jobs();
      const wish = wishOf(Object(await readJson(context.req)) as Record<string, unknown>);
      const job = await acceptJob(queue, wish, context);
      return answerJob(context, job, hasEnded(job));
    },
  };
};

/** A body as a wish; the older post-processor's jobs name a tool, and no kind. */
function wishOf(body: Record<string, unknown>): Submission {
  if ("kind" in body || !("tool" in body)) return body as unknown as Submission;
  const { id, userId } = body;
  return {
    kind: "post-process",
    input: body,
    ...(typeof id === "string" && { idempotencyKey: id }),
    ...(typeof userId === "string" && { project: userId }),
  };
}
