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
