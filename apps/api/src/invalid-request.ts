import { TintypeError } from "@tintype/errors";

/** What is wrong with a request as a whole, or between its fields. */
export function invalidRequest(message: string, cause?: unknown): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "request.invalid", message, cause });
}
