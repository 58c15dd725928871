import { parsePrefix, type Key, type Storage } from "@tintype/storage";

import { createRecencyIndex, type IndexedObject } from "./recency-index.ts";

/** Objects below a prefix of a storage, bounded by their bytes and their age. */
export interface BoundedObjects {
  readonly size: number;
  readonly bytes: number;
  readonly evictions: number;
  /** Notes that an object was used; false, and it goes, when it is too old. */
  use(key: Key, bytes: number, storedAt: number): Promise<boolean>;
  /** Stores an object after making room for it, by letting those go that were not used the longest. */
  put(key: Key, object: Uint8Array): Promise<void>;
  drop(key: Key): Promise<void>;
  /** Takes note of what others stored, and lets go what is too old or too much. */
  sweep(): Promise<void>;
}

/** What bounds the objects. */
export interface Bounds {
  readonly storage: Storage;
  readonly prefix: string;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  readonly now: () => number;
}

/** What a storage keeps besides the bytes of an object, about. */
const overheadBytes = 512;

/** Makes the bounds hold for what this process puts, and for all the rest with every sweep. */
export function createBoundedObjects({
  storage,
  prefix,
  maxBytes,
  maxAgeMs,
  now,
}: Bounds): BoundedObjects {
  const index = createRecencyIndex();
  let evictions = 0;
  const isOld = ({ storedAt }: IndexedObject) => now() - storedAt > maxAgeMs;

  const writing = new Map<Key, Promise<void>>();

  const drop = async (key: Key) => {
    index.delete(key);
    // What is still being written would come after its own end.
    await writing.get(key)?.catch(() => undefined);
    await storage.delete(key);
  };

  /** Counts out at once what has to go, and waits until it is gone. */
  const makeRoom = async () => {
    const going: Promise<void>[] = [];
    for (const [key] of index.entries()) {
      if (index.bytes <= maxBytes) break;
      going.push(drop(key));
    }
    evictions += going.length;
    await Promise.all(going);
  };

  const write = async (key: Key, place: IndexedObject, object: Uint8Array) => {
    await makeRoom();
    // Those that came later may have let it go before it was there.
    if (index.get(key) !== place) return;
    await storage.put(key, object, { mediaType: "application/octet-stream" });
  };

  return {
    get size() {
      return index.size;
    },
    get bytes() {
      return index.bytes;
    },
    get evictions() {
      return evictions;
    },
    drop,

    async use(key, bytes, storedAt) {
      const object = { bytes: bytes + overheadBytes, storedAt };
      if (isOld(object)) {
        await drop(key);
        return false;
      }
      index.use(key, object);
      return true;
    },

    async put(key, object) {
      const bytes = object.length + overheadBytes;
      if (bytes > maxBytes) return;
      // Counted before it is there, so that several at once stay within the bound too.
      const place = { bytes, storedAt: now() };
      index.use(key, place);
      const written = write(key, place, object);
      writing.set(key, written);
      try {
        await written;
      } catch (error) {
        index.delete(key);
        throw error;
      } finally {
        writing.delete(key);
      }
    },

    async sweep() {
      const found: [Key, IndexedObject][] = [];
      for await (const object of storage.list({ prefix: parsePrefix(`${prefix}/`) })) {
        const { key, bytes, lastModified } = object;
        found.push([key, { bytes: bytes + overheadBytes, storedAt: lastModified.getTime() }]);
      }
      const old = found.filter(([, object]) => isOld(object));
      await Promise.all(old.map(([key]) => drop(key)));
      // What this process used comes behind what it only heard of.
      const used = [...index.entries()];
      const heard = found.filter(([key, object]) => !isOld(object) && !index.get(key));
      heard.sort(([, a], [, b]) => a.storedAt - b.storedAt);
      for (const [key, object] of [...heard, ...used]) index.use(key, object);
      await makeRoom();
    },
  };
}
