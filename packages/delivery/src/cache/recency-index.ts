import type { Key } from "@tintype/storage";

/** What an index knows of an object. */
export interface IndexedObject {
  readonly bytes: number;
  /** Ms since 1970. */
  readonly storedAt: number;
}

/** Objects by when they were used last, with their bytes counted. */
export interface RecencyIndex {
  /** Bytes of all objects. */
  readonly bytes: number;
  readonly size: number;
  get(key: Key): IndexedObject | undefined;
  /** Notes an object as the one used last. */
  use(key: Key, object: IndexedObject): void;
  delete(key: Key): void;
  /** From the one that was not used the longest. */
  entries(): Iterable<readonly [Key, IndexedObject]>;
}

/** Makes an empty index. */
export function createRecencyIndex(): RecencyIndex {
  // A map keeps the order in which keys were put in.
  const objects = new Map<Key, IndexedObject>();
  let bytes = 0;
  const remove = (key: Key) => {
    bytes -= objects.get(key)?.bytes ?? 0;
    objects.delete(key);
  };
  return {
    get bytes() {
      return bytes;
    },
    get size() {
      return objects.size;
    },
    get: (key) => objects.get(key),
    use(key, object) {
      remove(key);
      objects.set(key, object);
      bytes += object.bytes;
    },
    delete: remove,
    entries: () => objects.entries(),
  };
}
