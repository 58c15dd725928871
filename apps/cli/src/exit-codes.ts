import { isTintypeError, type ErrorKind } from "@tintype/errors";
import type { Job } from "@tintype/jobs";

/** The exit code of each kind of failure; 1 is any other failure, and 2 a command line that can't be read. */
const exitCodeOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid_input: 3,
  unsupported: 4,
  limit_exceeded: 5,
  not_found: 6,
  forbidden: 7,
  processing: 8,
  upstream: 9,
  unavailable: 10,
  configuration: 11,
};

/** The exit code after Ctrl-C, as shells give it. */
export const interrupted = 130;

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  return isTintypeError(error) ? exitCodeOfKind[error.kind] : 1;
}

/** The exit code for how a job is: 0 where it succeeded, its error's where it failed, 1 for anything else. */
export function exitCodeOfJob({ state, error }: Job): number {
  if (state === "succeeded") return 0;
  return error === undefined || error.kind === "internal" ? 1 : exitCodeOfKind[error.kind];
}
