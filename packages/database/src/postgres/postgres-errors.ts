import { unavailableError } from "../database-errors.ts";

/** What a server says when it refuses or ends a connection: wrong name or password, no such database, too many, shutting down. */
const refusals = /^(?:08|28|3D|53|57P)/u;

/** What Node says when no server answers. */
const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
]);

/** A failure to reach PostgreSQL as ours; every other one as it came. */
export function postgresError(error: unknown): unknown {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const isLost =
    typeof code === "string"
      ? refusals.test(code) || unreachable.has(code)
      : /^(?:Connection terminated|timeout exceeded|Client has encountered)/u.test(String(message));
  return isLost
    ? unavailableError(
        "The database server cannot be reached: check DATABASE_URL, and that the server runs.",
        error,
      )
    : error;
}
