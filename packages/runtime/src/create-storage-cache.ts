import { isTintypeError } from "@tintype/errors";
import type { ByteCache } from "@tintype/generators";
import { parseKey, type Key, type Storage } from "@tintype/storage";

import { onceAsked } from "./once-asked.ts";

/** A cache in a storage that is opened when first asked: what was paid for outlives the process. */
export function createStorageCache(open: () => Promise<Storage>): ByteCache {
  const opened = onceAsked(open);
  return {
    async get(name) {
      try {
        return await (await (await opened()).get(keyOf(name))).bytes();
      } catch (error) {
        if (isTintypeError(error) && error.code === "storage.not_found") return undefined;
        throw error;
      }
    },
    async put(name, bytes) {
      await (await opened()).put(keyOf(name), bytes, { mediaType: "application/octet-stream" });
    },
  };
}

/** Spread over folders: none shall hold a million files. */
function keyOf(name: string): Key {
  return parseKey(`${name.slice(0, 2)}/${name}`);
}
