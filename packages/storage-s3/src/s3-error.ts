import { isAbort, isTintypeError, TintypeError, type ErrorKind } from "@tintype/errors";
import {
  alreadyExistsError,
  invalidKeyError,
  invalidRangeError,
  notFoundError,
  type Key,
} from "@tintype/storage";

interface Meaning {
  readonly kind: ErrorKind;
  readonly code: `storage.${string}`;
  readonly message: string;
}

const notAllowed: Meaning = {
  kind: "configuration",
  code: "storage.not_allowed",
  message: "The S3 service refuses the credentials: check the access key and what it may do.",
};
const wrongRegion: Meaning = {
  kind: "configuration",
  code: "storage.wrong_region",
  message: "The bucket is in another region: set the region, or the endpoint, where it is.",
};

const meanings: Readonly<Record<string, Meaning>> = {
  AccessDenied: notAllowed,
  Forbidden: notAllowed,
  InvalidAccessKeyId: notAllowed,
  SignatureDoesNotMatch: notAllowed,
  CredentialsProviderError: notAllowed,
  PermanentRedirect: wrongRegion,
  AuthorizationHeaderMalformed: wrongRegion,
  NoSuchBucket: {
    kind: "configuration",
    code: "storage.no_bucket",
    message: "The bucket does not exist: make it, or name another.",
  },
  EntityTooLarge: {
    kind: "limit_exceeded",
    code: "storage.too_large",
    message: "The object is larger than the S3 service takes.",
  },
  MetadataTooLarge: {
    kind: "invalid_input",
    code: "storage.invalid_attribute",
    message: "The metadata of a stored object is longer than the S3 service takes.",
  },
};

/** What a failure of the SDK means to the caller; an abort gives the signal's reason, and what is ours passes. */
export function s3Error(error: unknown, key?: Key, signal?: AbortSignal): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (isTintypeError(error) || isAbort(error, signal) || !(error instanceof Error)) return error;
  if (key !== undefined) {
    const known = keyError(error, key);
    if (known !== undefined) return known;
  }
  const status = statusOf(error);
  const meaning = meanings[error.name] ?? (status === 403 ? notAllowed : undefined);
  if (meaning !== undefined) return new TintypeError({ ...meaning, cause: error });
  const isRefusal = status !== undefined && status >= 400 && status < 500 && status !== 429;
  return isRefusal
    ? new TintypeError({
        kind: "upstream",
        code: "storage.refused",
        message: `The S3 service refuses the request (${error.name}).`,
        cause: error,
      })
    : new TintypeError({
        kind: "unavailable",
        code: "storage.unavailable",
        message: "The S3 service does not answer: try again.",
        retryable: true,
        cause: error,
      });
}

/** Runs one piece of work with what the SDK takes of a signal, its failures told by {@link s3Error}. */
export async function attempt<T>(
  key: Key | undefined,
  signal: AbortSignal | undefined,
  work: (send: { readonly abortSignal?: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await work(signal ? { abortSignal: signal } : {});
  } catch (error) {
    throw s3Error(error, key, signal);
  }
}

function keyError(error: Error, key: Key): TintypeError | undefined {
  switch (error.name) {
    case "NoSuchKey":
    case "NotFound":
      return notFoundError(key, error);
    case "PreconditionFailed":
    case "ConditionalRequestConflict":
      return alreadyExistsError(key, error);
    case "InvalidRange":
      return invalidRangeError(key);
    case "KeyTooLongError":
      return invalidKeyError("too_long");
    default:
      return undefined;
  }
}

function statusOf(error: Error): number | undefined {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } }).$metadata;
  return metadata?.httpStatusCode;
}
