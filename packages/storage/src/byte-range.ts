import type { Key } from "./key.ts";
import { invalidRangeError } from "./storage-errors.ts";

/** Some bytes of an object: from an offset on, or the last ones. */
export type ByteRange =
  | { readonly offset: number; readonly length?: number | undefined }
  | { readonly suffix: number };

/** Bytes that an object really has. */
export interface ResolvedRange {
  readonly offset: number;
  readonly length: number;
}

/** The bytes that a range means in an object of a size; ends are cut as HTTP cuts them, an empty range is `storage.invalid_range`. */
export function resolveRange(range: ByteRange, bytes: number, key: Key): ResolvedRange {
  const wanted =
    "suffix" in range
      ? { offset: Math.max(0, bytes - range.suffix), length: range.suffix }
      : { offset: range.offset, length: range.length ?? bytes };
  const length = Math.min(wanted.length, bytes - wanted.offset);
  const isRange = [wanted.offset, wanted.length].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!isRange || length <= 0) throw invalidRangeError(key, bytes);
  return { offset: wanted.offset, length };
}

/** A range as the header `range` of HTTP, or `storage.invalid_range` for one that no object has. */
export function rangeHeader(range: ByteRange, key: Key): string {
  const numbers = "suffix" in range ? [range.suffix] : [range.offset, range.length ?? 1];
  const isRange = numbers.every((n) => Number.isSafeInteger(n) && n >= 0) && numbers.at(-1) !== 0;
  if (!isRange) throw invalidRangeError(key);
  if ("suffix" in range) return `bytes=-${String(range.suffix)}`;
  const last = range.length === undefined ? "" : String(range.offset + range.length - 1);
  return `bytes=${String(range.offset)}-${last}`;
}

/** What the header `content-range` of an answer says: where its body lies, and the whole object's size. */
export function parseContentRange(
  header: string,
): { readonly range: ResolvedRange; readonly bytes: number } | undefined {
  const [, first, last, bytes] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header) ?? [];
  if (first === undefined) return undefined;
  const range = { offset: Number(first), length: Number(last) - Number(first) + 1 };
  return { range, bytes: Number(bytes) };
}
