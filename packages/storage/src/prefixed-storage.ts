import { isTintypeError, TintypeError } from "@tintype/errors";

import { joinKey, parsePrefix } from "./key.ts";
import type { Key } from "./key.ts";
import type { ListedObject, Storage } from "./storage.ts";
import { storedContent } from "./stored-content.ts";

/** A part of another storage that is a storage of its own: every key below a folder, which neither its keys nor its errors show. */
export function createPrefixedStorage(storage: Storage, folder: Key): Storage {
  const outer = (key: Key) => joinKey(folder, key);
  const inner = <T extends ListedObject>(object: T): T => ({
    ...object,
    key: object.key.slice(folder.length + 1) as Key,
  });
  const at = async <T>(key: Key, work: (key: Key) => Promise<T>): Promise<T> => {
    const whole = outer(key);
    try {
      return await work(whole);
    } catch (error) {
      throw innerError(error, whole, key);
    }
  };

  return {
    put: async (key, body, options) =>
      at(key, async (whole) => inner(await storage.put(whole, body, options))),

    get: async (key, options) =>
      at(key, async (whole) => {
        const { info, body, range } = await storage.get(whole, options);
        return storedContent(inner(info), body, range);
      }),

    head: async (key, options) =>
      at(key, async (whole) => {
        const object = await storage.head(whole, options);
        return object && inner(object);
      }),

    delete: async (key, options) => at(key, async (whole) => storage.delete(whole, options)),

    async *list({ prefix = "", signal } = {}) {
      const whole = parsePrefix(`${folder}/${prefix}`);
      for await (const object of storage.list({ prefix: whole, signal })) yield inner(object);
    },

    copy: async (from, to, options) =>
      at(from, async (whole) => inner(await storage.copy(whole, outer(to), options))),

    url: async (key, options) => at(key, async (whole) => storage.url(whole, options)),
    uploadUrl: async (key, options) => at(key, async (whole) => storage.uploadUrl(whole, options)),
    health: async (options) => storage.health(options),
  };
}

/** The same error, told of the key that the caller knows. */
function innerError(error: unknown, whole: Key, key: Key): unknown {
  if (!isTintypeError(error) || error.details["key"] !== whole) return error;
  return new TintypeError({
    kind: error.kind,
    code: error.code as `storage.${string}`,
    message: error.message.replaceAll(whole, key),
    details: { ...error.details, key },
    retryable: error.retryable,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    cause: error,
  });
}
