import { createHash } from "node:crypto";

import { isTintypeError } from "@tintype/errors";
import { joinKey, parsePrefix, type Key } from "@tintype/storage";

import { createBoundedObjects, type Bounds } from "./bounded-objects.ts";
import { decodeEntry, encodeEntry, type CachedResult } from "./cache-entry.ts";
import { createSingleFlight } from "./single-flight.ts";
import type { WorkLeases } from "./work-leases.ts";

/** How a result was come by: from the cache, by work, or by work that an equal request had begun. */
export type CacheStatus = "hit" | "miss" | "shared";

/** What a result is made of. */
export interface ResultId {
  /** SHA-256 of the source's bytes, in hex. */
  readonly source: string;
  /** Everything else that the result depends on. */
  readonly work: string;
}

/** A result that was just made. */
interface FreshResult extends CachedResult {
  /** False for one that is not what its id says, as its source has changed meanwhile: it is passed on, and not kept. */
  readonly keep?: boolean;
}

/** Where results are kept, and how many. */
export interface ResultCacheOptions extends Omit<Bounds, "now"> {
  /** Changes whenever the same work may give other bytes. */
  readonly engine: string;
  /** Keeps several processes from making the same result at once; without them only one process does so. */
  readonly leases?: WorkLeases | undefined;
  /** Told how each result was come by. */
  readonly onRead?: (status: CacheStatus) => void;
  /** The time in ms; the system's when left out. */
  readonly now?: () => number;
}

/** Counts since the start, and what is kept now. */
export interface CacheState {
  readonly hits: number;
  readonly misses: number;
  readonly shared: number;
  readonly evictions: number;
  /** Results that could not be kept. */
  readonly failures: number;
  readonly entries: number;
  readonly bytes: number;
}

/** Results that outlast the process, in any storage; errors are never kept. */
export interface ResultCache {
  /** The result of an id, made by `make` only where it is not there yet and nobody makes it. */
  through(
    id: ResultId,
    make: (signal: AbortSignal) => Promise<FreshResult>,
    signal?: AbortSignal,
  ): Promise<{ readonly result: CachedResult; readonly status: CacheStatus }>;
  /** Forgets every result of a source, and says how many there were. */
  invalidate(source: string): Promise<number>;
  /** Takes note of what other processes keep, and lets go what is too old or too much. */
  sweep(): Promise<void>;
  state(): CacheState;
}

const sweepEveryMs = 10 * 60_000;
const countOf = { hit: "hits", miss: "misses", shared: "shared" } as const;

interface Come {
  readonly result: CachedResult;
  readonly status: CacheStatus;
}

/** Makes a cache; several processes may share a storage and a prefix, below which nothing else may be kept. */
export function createResultCache(options: ResultCacheOptions): ResultCache {
  const { storage, prefix, engine, leases, now = Date.now } = options;
  const flights = createSingleFlight<Come>();
  const objects = createBoundedObjects({ ...options, now });
  const counts = { hits: 0, misses: 0, shared: 0, failures: 0 };
  let sweeping: Promise<void> | undefined;
  let firstSweep: Promise<void> | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;

  const sweep = () => {
    sweptAt = now();
    sweeping ??= objects.sweep().finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  };

  const sweepInTime = () => {
    if (now() - sweptAt <= sweepEveryMs) return;
    // What can't be listed now is listed the next time.
    const swept = sweep().catch(() => undefined);
    firstSweep ??= swept;
  };

  const read = async (key: Key, signal: AbortSignal): Promise<CachedResult | undefined> => {
    try {
      const { info, body, ...content } = await storage.get(key, { signal });
      if (!(await objects.use(key, info.bytes, info.lastModified.getTime()))) {
        await body.cancel();
        return undefined;
      }
      const result = await decodeEntry(await content.bytes());
      if (!result) await objects.drop(key);
      return result;
    } catch (error) {
      if (isTintypeError(error) && error.kind === "not_found") return undefined;
      throw error;
    }
  };

  const keep = async (key: Key, result: CachedResult) => {
    try {
      // Until then nobody knows how much there is already.
      await firstSweep;
      await objects.put(key, await encodeEntry(result));
    } catch {
      // The result is there all the same, and whoever asks next has it made again.
      counts.failures += 1;
    }
  };

  return {
    async through(id, make, signal) {
      sweepInTime();
      const key = keyOf(prefix, engine, id);
      const flown = await flights.run(
        key,
        async (ended) => {
          const kept = await read(key, ended);
          if (kept) return { result: kept, status: "hit" };
          const work = async (): Promise<Come> => {
            const result = await make(ended);
            if (result.keep !== false) await keep(key, result);
            return { result, status: "miss" };
          };
          if (!leases) return work();
          return leases.during(
            key,
            async () => {
              // Another process may have made it in the meantime.
              const made = await read(key, ended);
              return made ? { result: made, status: "shared" } : work();
            },
            ended,
          );
        },
        signal,
      );
      const { result, status: come } = flown.result;
      const status = flown.shared && come === "miss" ? "shared" : come;
      counts[countOf[status]] += 1;
      options.onRead?.(status);
      return { result, status };
    },

    async invalidate(source) {
      const keys: Key[] = [];
      const inFolder = parsePrefix(`${folderOf(prefix, source)}/`);
      for await (const { key } of storage.list({ prefix: inFolder })) keys.push(key);
      await Promise.all(keys.map((key) => objects.drop(key)));
      return keys.length;
    },

    sweep,
    state: () => ({
      ...counts,
      evictions: objects.evictions,
      entries: objects.size,
      bytes: objects.bytes,
    }),
  };
}

function folderOf(prefix: string, source: string): Key {
  return joinKey(prefix, source.slice(0, 2), source);
}

function keyOf(prefix: string, engine: string, { source, work }: ResultId): Key {
  const hash = createHash("sha256").update(`${engine}\n${work}`).digest("hex");
  return joinKey(folderOf(prefix, source), hash.slice(0, 32));
}
