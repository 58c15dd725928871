import { errorKinds } from "@tintype/errors";
import { z } from "zod";

/** What a job can be: the last three are ends. */
export const jobStates = ["queued", "running", "succeeded", "failed", "canceled"] as const;

/** One of {@link jobStates}. */
export type JobState = (typeof jobStates)[number];

/** How soon a job has its turn, the soonest first. */
export const jobPriorities = ["urgent", "high", "normal", "low"] as const;

/** One of {@link jobPriorities}. */
export type JobPriority = (typeof jobPriorities)[number];

const time = z.iso.datetime();

/** Why a run failed, safe to show. */
const jobErrorSchema = z
  .strictObject({
    kind: z.enum([...errorKinds, "internal"]).describe("The class of the failure."),
    code: z.string().describe("Stable and dotted: what programs branch on."),
    message: z.string().describe("What is wrong and what to do."),
    retryable: z.boolean().describe("Whether the same job may succeed later."),
  })
  .meta({ id: "JobError" });

/** Why a run failed. */
export type JobError = z.output<typeof jobErrorSchema>;

/** A job as everybody sees it: the API, the command line and the library. */
export const jobSchema = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    project: z.string().describe("Whose work it is: projects take turns."),
    parentId: z.string().optional().describe("The batch that it is a part of."),
    state: z.enum(jobStates),
    priority: z.enum(jobPriorities),
    progress: z.strictObject({
      percent: z.int().min(0).max(100),
      stage: z.string().optional().describe("What is being done."),
    }),
    result: z.unknown().optional().describe("What came of it, as its kind describes."),
    error: jobErrorSchema
      .optional()
      .describe("Why it failed, or why its last run did, if it is to be tried again."),
    attempts: z.int().describe("How often it was begun."),
    revision: z.int().describe("Counts the changes."),
    runAt: time.optional().describe("Not begun before."),
    createdAt: time,
    startedAt: time.optional(),
    finishedAt: time.optional(),
    updatedAt: time,
  })
  .meta({ id: "Job", description: "Work, its state, and what became of it." });

/** A job as everybody sees it. */
export type Job = z.output<typeof jobSchema>;

/** Whether a job will not change any more, unless somebody has it done again. */
export function hasEnded({ state }: { readonly state: JobState }): boolean {
  return state === "succeeded" || state === "failed" || state === "canceled";
}
