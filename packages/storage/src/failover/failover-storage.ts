import { isTintypeError } from "@tintype/errors";

import { cancelBody } from "../chunks-of.ts";
import type { Key } from "../key.ts";
import { parseAttributes } from "../object-attributes.ts";
import { alreadyExistsError, notFoundError } from "../storage-errors.ts";
import type {
  CallOptions,
  ListedObject,
  PutOptions,
  Storage,
  StorageHealth,
  StoredObject,
} from "../storage.ts";
import { storedContent } from "../stored-content.ts";
import { markedAway, withoutMark } from "./away-mark.ts";
import { pairListings } from "./pair-listings.ts";
import { createWatch, isOutage } from "./primary-watch.ts";
import { reconcile, type Reconciled } from "./reconcile.ts";
import { spoolBody, type SpooledBody } from "./spool-body.ts";

/** Two storages that stand in for each other. */
export interface FailoverStorageOptions {
  readonly primary: Storage;
  readonly secondary: Storage;
  /** `fallback`, the default: the secondary takes what the primary cannot, for as long. `mirror`: both hold everything. */
  readonly mode?: "fallback" | "mirror" | undefined;
  /** How long a primary that failed is left alone; ten seconds when left out. */
  readonly pauseMs?: number | undefined;
}

/** A storage with a second one behind it. */
export interface FailoverStorage extends Storage {
  /** Brings home what the secondary storage alone holds, and lets a mirror catch up; run it now and then. */
  reconcile(options?: CallOptions): Promise<Reconciled>;
  /** Whether the primary storage is left alone now, and how many objects this process knows to be away from home. */
  state(): { readonly primary: "up" | "down"; readonly away: number };
}

/** Makes one storage of two: it works as long as one of them does, but for deletes, which need both. */
export function createFailoverStorage(options: FailoverStorageOptions): FailoverStorage {
  const { primary, secondary, mode = "fallback", pauseMs = 10_000 } = options;
  const isMirror = mode === "mirror";
  const watch = createWatch(pauseMs);
  // Keys of which the secondary storage holds the newest version, as far as this process knows.
  const away = new Set<Key>();
  const isAway = (key: Key) => away.has(key) || watch.isDown();

  const put = async (
    key: Key,
    body: SpooledBody,
    putOptions: PutOptions,
  ): Promise<StoredObject> => {
    const { ifAbsent = false, signal } = putOptions;
    const attempt = watch.isDown()
      ? { failure: undefined }
      : await watch.attempt(async () => {
          if (ifAbsent && (await quietly(secondary.head(key, { signal }))) !== undefined)
            throw alreadyExistsError(key);
          return primary.put(key, body.open(), putOptions);
        });
    if ("value" in attempt) {
      if (isMirror)
        await quietly(secondary.put(key, body.open(), { ...putOptions, ifAbsent: false }));
      else if (away.has(key)) await quietly(secondary.delete(key, { signal }));
      away.delete(key);
      return attempt.value;
    }
    try {
      const stored = await secondary.put(key, body.open(), markedAway(putOptions));
      away.add(key);
      return withoutMark(stored);
    } catch (error) {
      throw isOutage(error) ? (attempt.failure ?? error) : error;
    }
  };

  /** Asks one storage after the other; nothing found counts only where the primary one could be asked. */
  const find = async <T>(key: Key, ask: (storage: Storage) => Promise<T | undefined>) => {
    const asks = [
      async () => watch.attempt(async () => ask(primary)),
      async () => ({ value: await quietly(ask(secondary)) }),
    ];
    let failure: unknown;
    for (const next of isAway(key) ? asks.toReversed() : asks) {
      const answer = await next();
      if ("failure" in answer) ({ failure } = answer);
      else if (answer.value !== undefined) return answer.value;
    }
    if (failure !== undefined) throw failure;
    return undefined;
  };

  const storage: FailoverStorage = {
    async put(key, body, putOptions = {}) {
      try {
        parseAttributes(key, putOptions);
        await using spooled = await spoolBody(body, putOptions.signal);
        return await put(key, spooled, putOptions);
      } catch (error) {
        cancelBody(body, error);
        throw error;
      }
    },

    async get(key, getOptions) {
      const found = await find(key, async (one) => ifFound(one.get(key, getOptions)));
      if (found === undefined) throw notFoundError(key);
      return storedContent(withoutMark(found.info), found.body, found.range);
    },

    async head(key, callOptions) {
      const found = await find(key, async (one) => one.head(key, callOptions));
      return found && withoutMark(found);
    },

    async delete(key, callOptions) {
      // What stayed in one of them would come back.
      await secondary.delete(key, callOptions);
      await primary.delete(key, callOptions);
      away.delete(key);
    },

    async *list(listOptions) {
      let hasBegun = false;
      try {
        const second = untilOutage(secondary.list(listOptions));
        for await (const { key, ...pair } of pairListings(primary.list(listOptions), second)) {
          hasBegun = true;
          const first = isAway(key) ? pair.secondary : pair.primary;
          yield (first ?? pair.primary ?? pair.secondary) as ListedObject;
        }
      } catch (error) {
        // Only a mirror holds all that there is to list.
        if (!isMirror || hasBegun || !isOutage(error)) throw error;
        yield* secondary.list(listOptions);
      }
    },

    async copy(from, to, { signal } = {}) {
      const { info, body } = await storage.get(from, { signal });
      return storage.put(to, body, { ...info, signal });
    },

    async url(key, urlOptions) {
      return (isAway(key) ? secondary : primary).url(key, urlOptions);
    },

    async uploadUrl(key, uploadOptions) {
      return (watch.isDown() ? secondary : primary).uploadUrl(key, uploadOptions);
    },

    async health(callOptions) {
      const states = [primary.health(callOptions), secondary.health(callOptions)] as const;
      return healthOf(await states[0], await states[1], away.size);
    },

    async reconcile(callOptions = {}) {
      return reconcile({ primary, secondary, isMirror }, (key) => away.delete(key), callOptions);
    },

    state: () => ({ primary: watch.isDown() ? "down" : "up", away: away.size }),
  };
  return storage;
}

function healthOf(primary: StorageHealth, secondary: StorageHealth, away: number): StorageHealth {
  if (!primary.ok && !secondary.ok) return primary;
  if (!primary.ok)
    return {
      ok: true,
      message: `The secondary storage stands in for the first: ${primary.message}`,
    };
  if (!secondary.ok)
    return {
      ok: true,
      message: `There is no second storage to fall back on: ${secondary.message}`,
    };
  return away === 0
    ? { ok: true }
    : { ok: true, message: `Objects in the secondary storage that are to come home: ${away}.` };
}

/** What work gives, or `undefined` where its storage is out. */
async function quietly<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isOutage(error)) return undefined;
    throw error;
  }
}

async function ifFound<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isTintypeError(error) && error.code === "storage.not_found") return undefined;
    throw error;
  }
}

async function* untilOutage(listing: AsyncIterable<ListedObject>): AsyncGenerator<ListedObject> {
  try {
    yield* listing;
  } catch (error) {
    if (!isOutage(error)) throw error;
  }
}
