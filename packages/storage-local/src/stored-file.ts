import type { Stats } from "node:fs";

import type { Key, ListedObject, ObjectAttributes, StoredObject } from "@tintype/storage";

/** Tells one version of a file from every other: its time of change in microseconds, and its size. */
export function versionOf(stats: Stats): string {
  return `${Math.round(stats.mtimeMs * 1000).toString(36)}-${stats.size.toString(36)}`;
}

/** What a file's `stat` says about the object in it. */
export function listedObject(key: Key, stats: Stats): ListedObject {
  return {
    key,
    bytes: stats.size,
    lastModified: new Date(Math.trunc(stats.mtimeMs)),
    etag: versionOf(stats),
  };
}

/** The full description of an object in a file. */
export function storedFile(key: Key, stats: Stats, attributes: ObjectAttributes): StoredObject {
  return { ...listedObject(key, stats), ...attributes };
}
