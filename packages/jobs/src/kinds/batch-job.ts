import { TintypeError } from "@tintype/errors";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";

/** What the kind of jobs is called that is made of others. */
export const batchKind = "batch";

const maxParts = 1000;

/** One part of a batch. */
export interface BatchPart {
  readonly kind: string;
  readonly input: unknown;
}

/** The kind of jobs that is made of others: each part is a job of its own with a state of its own, and the batch ends with the last. */
export function batchJob(part: JobKind): JobKind {
  return defineJobKind({
    name: batchKind,
    summary: `Up to ${maxParts} requests, each a job of its own; it succeeds if any of them does.`,
    input: z.strictObject({
      requests: z.array(part.input).min(1).max(maxParts).describe("What each part is told."),
    }),
    examples: [{ requests: part.examples.slice(0, 1) }],
    check({ requests }) {
      for (const request of requests) part.parse(request);
    },
    async run() {
      throw new TintypeError({
        kind: "invalid_input",
        code: "job.invalid",
        message: "A batch is not run: its parts are.",
      });
    },
  });
}

/** The parts of a batch that was checked. */
export function batchParts(input: unknown): readonly BatchPart[] {
  const { requests } = input as { readonly requests: readonly unknown[] };
  return requests.map((request) => ({ kind: "process", input: request }));
}
