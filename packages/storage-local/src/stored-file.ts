import type { Stats } from "node:fs";

import type { Key, ListedObject, ObjectAttributes, StoredObject } from "@tintype/storage";

/** What a file's `stat` says about the object in it. */
export function listedObject(key: Key, stats: Stats): ListedObject {
  const version = Math.round(stats.mtimeMs * 1000).toString(36);
  return {
    key,
    bytes: stats.size,
    lastModified: new Date(Math.trunc(stats.mtimeMs)),
    etag: `${version}-${stats.size.toString(36)}`,
  };
}

/** The full description of an object in a file. */
export function storedFile(key: Key, stats: Stats, attributes: ObjectAttributes): StoredObject {
  return { ...listedObject(key, stats), ...attributes };
}
