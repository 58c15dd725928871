import { TintypeError } from "@tintype/errors";

import type { Key } from "./key.ts";

const refusals = {
  empty: "A storage key must not be empty.",
  ill_formed: "A storage key must be well-formed Unicode: remove the lone surrogate.",
  control_character:
    "A storage key must not contain control characters or characters that reverse the direction of text.",
  backslash: "A storage key must not contain a backslash: separate its parts with /.",
  drive_letter: "A storage key must not start with a drive letter.",
  absolute: "A storage key must not start with a slash.",
  trailing_slash: "A storage key must not end with a slash.",
  empty_segment: "A storage key must not have an empty part: write a/b, not a//b.",
  dot_segment: "A storage key must not have . or .. as a part.",
  too_long: "A storage key must not be longer than 1,024 bytes of UTF-8.",
  segment_too_long: "A part of a storage key must not be longer than 255 bytes of UTF-8.",
  reserved: "A part of this storage key is reserved for the storage's own files: choose another.",
} as const;

/** Why a key was refused: `details.reason` of `storage.invalid_key`. */
export type KeyRefusal = keyof typeof refusals;

/** The error for a text that is no key. It leaves the text out, which may hold anything. */
export function invalidKeyError(reason: KeyRefusal): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "storage.invalid_key",
    message: refusals[reason],
    details: { reason },
  });
}

/** The error for reading or copying a key that holds nothing. */
export function notFoundError(key: Key, cause?: unknown): TintypeError {
  return new TintypeError({
    kind: "not_found",
    code: "storage.not_found",
    message: `Nothing is stored under the key ${key}.`,
    details: { key },
    cause,
  });
}

/** The error for a put with `ifAbsent` to a key that is taken. */
export function alreadyExistsError(key: Key, cause?: unknown): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "storage.already_exists",
    message: `The key ${key} is taken: choose another, or put without ifAbsent to replace the object.`,
    details: { key },
    cause,
  });
}

/** The error for a byte range that holds no byte of the object; `bytes` is the object's size where it is known. */
export function invalidRangeError(key: Key, bytes?: number): TintypeError {
  const size = bytes === undefined ? "" : `, which has ${String(bytes)} bytes`;
  return new TintypeError({
    kind: "invalid_input",
    code: "storage.invalid_range",
    message: `The byte range lies outside the object ${key}${size}.`,
    details: bytes === undefined ? { key } : { key, bytes },
  });
}

/** The error for an address of a kind that a storage has no keys or no server for. */
export function cannotSignError(): TintypeError {
  return new TintypeError({
    kind: "unsupported",
    code: "storage.cannot_sign",
    message:
      "This storage cannot make an address that expires: ask for a lasting one, or give the storage a signer and a base URL.",
  });
}

/** The error for bytes whose digest is not the one that the other side tells. */
export function corruptedError(key: Key): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "storage.corrupted",
    message: `The bytes of ${key} were changed on their way: try again.`,
    details: { key },
    retryable: true,
  });
}

/** The error for a body that ended before, or went on after, the size that its description promised. */
export function truncatedError(key: Key, cause?: unknown): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "storage.truncated",
    message: `The object ${key} could not be read in full: try again.`,
    details: { key },
    retryable: true,
    cause,
  });
}
