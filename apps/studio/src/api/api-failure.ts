import type { Problem } from "./answers.ts";

/** A request that failed, with a message for people. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  /** What the server said; left out when it did not answer. */
  readonly problem: Problem | undefined;

  constructor(message: string, problem?: Problem) {
    super(message);
    this.problem = problem;
  }
}

/** What to tell people of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether an error only says that nobody waits any more. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
