import type { PutOptions, StoredObject } from "../storage.ts";

// Kept with the object itself, so that every process, and the next one, knows what has to come home.
const mark = "tintype-away";

/** How to put an object into the secondary storage that the primary one could not take. */
export function markedAway(options: PutOptions): PutOptions {
  return { ...options, metadata: { ...options.metadata, [mark]: new Date().toISOString() } };
}

/** Whether an object was written while the primary storage could not take it. */
export function isMarkedAway(object: StoredObject): boolean {
  return Object.hasOwn(object.metadata, mark);
}

/** The object as its owner knows it. */
export function withoutMark(object: StoredObject): StoredObject {
  const { [mark]: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
