import type { StorageError } from "@supabase/storage-js";
import { TintypeError } from "@tintype/errors";
import { alreadyExistsError, notFoundError, type Key } from "@tintype/storage";

/** What an error of the SDK means to the caller. */
export function supabaseError(error: StorageError, key?: Key): TintypeError {
  // The answer's status may be 400 for all of them; its body tells the right one.
  const status = Number(error.statusCode ?? error.status ?? 0);
  const code = "code" in error ? String(error.code) : "";
  if (code === "NoSuchBucket" || /^bucket not found$/iu.test(error.message)) return noBucket(error);
  if (key !== undefined && (status === 404 || code === "NoSuchKey"))
    return notFoundError(key, error);
  if (key !== undefined && (status === 409 || code === "ResourceAlreadyExists"))
    return alreadyExistsError(key, error);
  if (status === 401 || status === 403)
    return new TintypeError({
      kind: "configuration",
      code: "storage.not_allowed",
      message: "Supabase refuses the key: use the service's own key, and check its policies.",
      cause: error,
    });
  if (status === 413)
    return new TintypeError({
      kind: "limit_exceeded",
      code: "storage.too_large",
      message:
        "The object is larger than the bucket's limit: raise it, or make the object smaller.",
      cause: error,
    });
  return status >= 400 && status < 500 && status !== 429 ? refused(error) : unavailable(error);
}

/** The error for a service that does not answer, or not in time. */
export function unavailable(cause: unknown): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "storage.unavailable",
    message: "Supabase does not answer: try again.",
    retryable: true,
    cause,
  });
}

function refused(cause: StorageError): TintypeError {
  return new TintypeError({
    kind: "upstream",
    code: "storage.refused",
    message: `Supabase refuses the request (${cause.statusCode ?? "unknown"}).`,
    cause,
  });
}

function noBucket(cause: StorageError): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "storage.no_bucket",
    message: "The bucket does not exist: make it, or name another.",
    cause,
  });
}
