import { jobSchema } from "@tintype/jobs";
import { z } from "zod";

import type { ApiRoute, RouteFactory } from "../api-route.ts";
import { answerJob } from "../jobs/accept-job.ts";

const requestParams = { path: z.object({ id: z.string().describe("The job's id.") }) };
const content = { "application/json": { schema: jobSchema } };
const operation = (summary: string, description: string, status: 200 | 202 = 200) =>
  ({
    summary,
    tags: ["Jobs"],
    requestParams,
    responses: { [status]: { description, content } },
  }) as ApiRoute["operation"];

/** Shows a job. */
export const jobRoute: RouteFactory = ({ jobs }) => ({
  method: "get",
  path: "/api/v1/jobs/:id",
  operation: operation("A job and what became of it", "The job."),
  async handle(context) {
    const queue = await jobs();
    return context.json(await queue.get(context.req.param("id") ?? ""));
  },
});

/** Cancels a job. */
export const cancelJobRoute: RouteFactory = ({ jobs }) => ({
  method: "delete",
  path: "/api/v1/jobs/:id",
  operation: operation(
    "Cancel a job, running or not, with all its parts",
    "The job; one that had ended stays as it was.",
  ),
  async handle(context) {
    const queue = await jobs();
    return context.json(await queue.cancel(context.req.param("id") ?? ""));
  },
});

/** Has a job done again. */
export const retryJobRoute: RouteFactory = ({ jobs }) => ({
  method: "post",
  path: "/api/v1/jobs/:id/retry",
  operation: operation(
    "Have a job done again that failed or was canceled, and of a batch those parts",
    "The job, which goes on.",
    202,
  ),
  async handle(context) {
    const queue = await jobs();
    return answerJob(context, await queue.retry(context.req.param("id") ?? ""), false);
  },
});

/** Tells a job's end to its webhook again. */
export const tellJobAgainRoute: RouteFactory = ({ jobs }) => ({
  method: "post",
  path: "/api/v1/jobs/:id/webhook",
  operation: operation(
    "Tell a job's end to its webhook again, as the same message",
    "The job that tells it.",
    202,
  ),
  async handle(context) {
    const queue = await jobs();
    return answerJob(context, await queue.tellAgain(context.req.param("id") ?? ""), false);
  },
});
