import { createHash } from "node:crypto";

import { z } from "zod";

import type { JobKinds } from "./job-kind.ts";
import { jobPriorities } from "./job.ts";

/** How a job is done, whatever its kind. */
export const jobOptionsSchema = z.strictObject({
  priority: z.enum(jobPriorities).default("normal").describe("How soon it has its turn."),
  project: z
    .string()
    .min(1)
    .max(200)
    .default("default")
    .describe("Whose work it is: projects take turns."),
  delaySeconds: z
    .number()
    .min(0)
    .max(31_536_000)
    .default(0)
    .describe("How long to wait before it is begun."),
  timeoutSeconds: z
    .number()
    .min(1)
    .max(86_400)
    .optional()
    .describe("How long one run may take; the service's own limit when left out or shorter."),
  idempotencyKey: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("The same job of the same project with the same key is accepted once."),
  webhook: z
    .url({ protocol: /^https?$/u })
    .max(2000)
    .optional()
    .describe("The address that is told of its end, signed by Standard Webhooks."),
});

/** How a job is done, whatever its kind. */
export type JobOptions = z.input<typeof jobOptionsSchema>;

/** A wish for a job: what, and how. */
export interface Submission extends JobOptions {
  readonly kind: string;
  readonly input: unknown;
}

/** The schema of wishes for the kinds that clients may ask for. */
export function submissionSchema({ all }: JobKinds) {
  const members = all
    .filter(({ isInternal }) => !isInternal)
    .map(({ name, summary, input }) =>
      jobOptionsSchema
        .extend({ kind: z.literal(name).describe(summary), input })
        .meta({ id: `${pascal(name)}Job` }),
    );
  return z.discriminatedUnion("kind", members as [(typeof members)[number]]);
}

/** What tells two wishes apart: equal ones have the same. */
export function fingerprintOf(kind: string, input: unknown): string {
  const hash = createHash("sha256").update(kind);
  return hash.update(JSON.stringify(input, binaryAsBase64)).digest("hex");
}

function binaryAsBase64(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
}
