import { invalidKeyError } from "./storage-errors.ts";
import type { KeyRefusal } from "./storage-errors.ts";

declare const prefixBrand: unique symbol;
declare const keyBrand: unique symbol;

/** The start of some keys, which need not end at a slash; made by {@link parsePrefix} alone. */
export type Prefix = string & { readonly [prefixBrand]: true };

/** A stored object's name, safe for every backend; made by {@link parseKey} alone. */
export type Key = Prefix & { readonly [keyBrand]: true };

// The limits of S3 for a key and of most file systems for one name.
const maxKeyBytes = 1024;
const maxSegmentBytes = 255;

/** Reads a key such as `uploads/2026/cat.png`, in Unicode's NFC form, or throws `storage.invalid_key`. */
export function parseKey(text: string): Key {
  const key = text.normalize("NFC");
  const segments = key.split("/");
  refuse(key === "", "empty");
  checkCharacters(key);
  refuse(key.startsWith("/"), "absolute");
  refuse(key.endsWith("/"), "trailing_slash");
  refuse(segments.includes(""), "empty_segment");
  checkSegments(segments);
  checkLength(key, segments);
  return key as Key;
}

/** Joins parts with slashes and reads the whole as a key, so that no part can climb out of the one before it. */
export function joinKey(...parts: readonly string[]): Key {
  return parseKey(parts.join("/"));
}

/** Reads the start of a key: empty for every key, and a slash at its end is fine; or throws `storage.invalid_key`. */
export function parsePrefix(text: string): Prefix {
  const prefix = text.normalize("NFC");
  const segments = prefix.split("/");
  checkCharacters(prefix);
  refuse(prefix.startsWith("/"), "absolute");
  refuse(segments.slice(0, -1).includes(""), "empty_segment");
  // `..` at the end may be the start of a name such as `..a`, but on no backend is it needed.
  checkSegments(segments);
  checkLength(prefix, segments);
  return prefix as Prefix;
}

/** Orders keys by their UTF-8 bytes, as object stores do; JavaScript's own order differs above U+FFFF. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The key as the path of a URL: every segment percent-encoded, the slashes kept. */
export function escapeKey(key: Key): string {
  return key.split("/").map(encodeURIComponent).join("/");
}

function checkCharacters(text: string): void {
  refuse(!text.isWellFormed(), "ill_formed");
  // Bidirectional controls make a name read as another one; the two separators end a line of a log.
  refuse(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(text), "control_character");
  refuse(text.includes("\\"), "backslash");
  refuse(/^[a-z]:/i.test(text), "drive_letter");
}

function checkSegments(segments: readonly string[]): void {
  refuse(
    segments.some((segment) => segment === "." || segment === ".."),
    "dot_segment",
  );
}

function checkLength(text: string, segments: readonly string[]): void {
  refuse(Buffer.byteLength(text) > maxKeyBytes, "too_long");
  refuse(
    segments.some((segment) => Buffer.byteLength(segment) > maxSegmentBytes),
    "segment_too_long",
  );
}

function refuse(refused: boolean, reason: KeyRefusal): void {
  if (refused) throw invalidKeyError(reason);
}
