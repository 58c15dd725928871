import { isTintypeError } from "@tintype/errors";

import { joinKey } from "./key.ts";
import type { Key } from "./key.ts";
import { sha256Of } from "./sha256.ts";
import type { CallOptions, ObjectAttributes, Storage, StoredObject } from "./storage.ts";

/** Where content goes, besides what its digest says. */
export interface ContentPlace {
  /** The first part of the key; `content` when left out. */
  readonly folder?: string | undefined;
  /** Without a dot, such as `png`. */
  readonly extension?: string | undefined;
}

/** How to put content. */
export type PutContent = ContentPlace &
  CallOptions &
  Partial<Pick<ObjectAttributes, "mediaType" | "cacheControl" | "metadata">>;

/** The key that names content by its SHA-256 in hex: `content/ab/cd/abcd….png`. */
export function contentKey(sha256: string, place: ContentPlace = {}): Key {
  const { folder = "content", extension } = place;
  const name = extension === undefined ? sha256 : `${sha256}.${extension}`;
  // Two levels keep folders on a disk small.
  return joinKey(folder, sha256.slice(0, 2), sha256.slice(2, 4), name);
}

/** Stores bytes under the key that they themselves make: the same bytes only once, whoever puts them. */
export async function putContent(
  storage: Storage,
  bytes: Uint8Array,
  { folder, extension, ...options }: PutContent = {},
): Promise<{ readonly object: StoredObject; readonly sha256: string; readonly isNew: boolean }> {
  const sha256 = await sha256Of(bytes);
  const key = contentKey(sha256, { folder, extension });
  const found = await storage.head(key, options);
  if (found !== undefined) return { object: found, sha256, isNew: false };
  try {
    const object = await storage.put(key, bytes, { ...options, ifAbsent: true });
    return { object, sha256, isNew: true };
  } catch (error) {
    const other = isTaken(error) ? await storage.head(key, options) : undefined;
    if (other === undefined) throw error;
    return { object: other, sha256, isNew: false };
  }
}

function isTaken(error: unknown): boolean {
  return isTintypeError(error) && error.code === "storage.already_exists";
}
