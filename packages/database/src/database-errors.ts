import { TintypeError } from "@tintype/errors";

/** The error for a database that cannot be reached or read now. */
export function unavailableError(message: string, cause: unknown): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "database.unavailable",
    message,
    retryable: true,
    cause,
  });
}

/** The error for a database that others kept locked for too long. */
export function busyError(cause: unknown): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "database.busy",
    message: "The database was busy for too long: try again.",
    retryable: true,
    cause,
  });
}

/** Whether a failure says that a row with the same unique values is there already. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  // PostgreSQL's code; SQLite's for unique columns and for primary keys.
  return code === "23505" || errcode === 2067 || errcode === 1555;
}
