import type { Job, JobQueue, Submission } from "@tintype/jobs";
import type { Context } from "hono";
import { z } from "zod";

import type { AppEnvironment } from "../api-route.ts";
import { preferredWaitMs } from "./preferred-wait.ts";

/** The headers with which a client says how a job is accepted. */
export const acceptHeaders = z.object({
  "Idempotency-Key": z
    .string()
    .optional()
    .describe("The same job with the same key is accepted once."),
  Prefer: z
    .string()
    .optional()
    .describe("`wait=N` waits N seconds, a minute at most, for the job to end."),
});

/** Puts a job into the queue, as its project's or else its key's work, and gives it as it is when the client does not want to wait any longer. */
export async function acceptJob(
  queue: JobQueue,
  wish: Submission,
  context: Context<AppEnvironment>,
): Promise<Job> {
  const { req } = context;
  const idempotencyKey = req.header("idempotency-key") ?? wish.idempotencyKey;
  const project = wish.project ?? context.get("client");
  const { job } = await queue.submit({
    ...wish,
    ...(project !== undefined && { project }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  const waitMs = preferredWaitMs(req.header("prefer"));
  // A client that goes away leaves the job as it is.
  return waitMs === 0 ? job : queue.wait(job.id, waitMs, req.raw.signal);
}

/** Answers with a job: as accepted while it goes on, and where it is looked at. */
export function answerJob(context: Context<AppEnvironment>, job: Job, isDone: boolean): Response {
  context.header("location", `/api/v1/jobs/${job.id}`);
  if (context.req.header("prefer") !== undefined)
    context.header("preference-applied", context.req.header("prefer"));
  return context.json(job, isDone ? 200 : 202);
}
