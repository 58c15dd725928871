import { TintypeError } from "@tintype/errors";

/** The error for flags that can be read one by one, but not together or not with these values. */
export function usageError(message: string): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "cli.invalid_option", message });
}
