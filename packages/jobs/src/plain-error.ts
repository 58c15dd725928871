import { isTintypeError } from "@tintype/errors";

import type { JobError } from "./job.ts";

/** An error as it is put on record: what a Tintype error says of itself, and nothing of any other. */
export function plainError(error: unknown): JobError {
  if (isTintypeError(error)) {
    const { kind, code, message, retryable } = error;
    return { kind, code, message, retryable };
  }
  return {
    kind: "internal",
    code: "internal",
    message: "Something went wrong on our side. Give the job's id when you report it.",
    retryable: true,
  };
}
