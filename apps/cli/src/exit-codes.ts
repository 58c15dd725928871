import { isTintypeError, type ErrorKind } from "@tintype/errors";

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
