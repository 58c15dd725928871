import { createMemoryStorage, parseKey, type Storage } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { createResultCache, type ResultCacheOptions } from "./result-cache.ts";

const source = "a".repeat(64);

/** A cache over a memory storage, and a way to ask it for results of a size. */
function testCache(options: Partial<ResultCacheOptions> = {}) {
  const storage = options.storage ?? createMemoryStorage();
  const defaults = { prefix: "cache", maxBytes: 1e6, maxAgeMs: 60_000, engine: "1" };
  const cache = createResultCache({ ...defaults, ...options, storage });
  let made = 0;
  const ask = async (work: string, bytes = 1000, of = source) => {
    const make = async () => {
      made += 1;
      return { facts: { work }, bytes: new Uint8Array(bytes).fill(7) };
    };
    return (await cache.through({ source: of, work }, make)).status;
  };
  return { cache, storage, ask, made: () => made };
}

async function bytesIn(storage: Storage): Promise<number> {
  let sum = 0;
  for await (const { bytes } of storage.list()) sum += bytes;
  return sum;
}

describe("a result cache", () => {
  test("gives what was made before, with its facts", async () => {
    const { cache, ask, made } = testCache();
    expect([await ask("w"), await ask("w"), await ask("other")]).toEqual(["miss", "hit", "miss"]);
    const { result } = await cache.through({ source, work: "w" }, () => expect.unreachable());
    expect(result).toEqual({ facts: { work: "w" }, bytes: Buffer.alloc(1000, 7) });
    expect(made()).toBe(2);
    expect(cache.state()).toMatchObject({ hits: 2, misses: 2, entries: 2, evictions: 0 });
  });

  test("makes what many ask for at once a single time", async () => {
    const { cache, ask, made } = testCache();
    const statuses = await Promise.all(Array.from({ length: 200 }, () => ask("w")));
    expect(made()).toBe(1);
    expect(statuses.filter((status) => status === "miss")).toHaveLength(1);
    expect(cache.state()).toMatchObject({ misses: 1, shared: 199 });
  });

  test("outlasts its process, and is shared by several", async () => {
    const storage = createMemoryStorage();
    const first = testCache({ storage });
    await first.ask("w");
    const second = testCache({ storage });
    expect(await second.ask("w")).toBe("hit");
    await first.ask("later");
    expect(await second.ask("later")).toBe("hit");
  });

  test("holds nothing that another engine made", async () => {
    const storage = createMemoryStorage();
    await testCache({ storage }).ask("w");
    expect(await testCache({ storage, engine: "2" }).ask("w")).toBe("miss");
  });

  test("never keeps an error", async () => {
    const { cache, ask } = testCache();
    const failed = cache.through({ source, work: "w" }, () => Promise.reject(new Error("no")));
    await expect(failed).rejects.toThrow("no");
    expect(await ask("w")).toBe("miss");
  });

  test("stays within its bytes, and lets go what was not used the longest", async () => {
    const { cache, storage, ask } = testCache({ maxBytes: 10_000 });
    for (let work = 0; work < 300; work += 1) {
      await ask(String(work));
      await ask("0");
      expect(await bytesIn(storage)).toBeLessThanOrEqual(10_000);
    }
    expect(await ask("0")).toBe("hit");
    expect(await ask("1")).toBe("miss");
    expect(cache.state().bytes).toBeLessThanOrEqual(10_000);
    expect(cache.state().evictions).toBeGreaterThan(290);
  });

  test("stays within its bytes when many results come at once", async () => {
    const { storage, ask } = testCache({ maxBytes: 10_000 });
    await Promise.all(Array.from({ length: 100 }, (_, work) => ask(String(work))));
    expect(await bytesIn(storage)).toBeLessThanOrEqual(10_000);
  });

  test("bounds what earlier processes left too", async () => {
    const storage = createMemoryStorage();
    const { ask } = testCache({ storage });
    for (let work = 0; work < 20; work += 1) await ask(String(work));
    const { cache } = testCache({ storage, maxBytes: 5000 });
    await cache.sweep();
    expect(await bytesIn(storage)).toBeLessThanOrEqual(5000);
  });

  test("gives what it has, and keeps what is new within the bound, while it finds out how much there is", async () => {
    const storage = createMemoryStorage();
    const { ask } = testCache({ storage });
    for (let work = 0; work < 20; work += 1) await ask(String(work));
    const listed = Promise.withResolvers<void>();
    const slow: Storage = {
      ...storage,
      async *list(options) {
        await listed.promise;
        yield* storage.list(options);
      },
    };
    const later = testCache({ storage: slow, maxBytes: 5000 });
    expect(await later.ask("19")).toBe("hit");
    const next = later.ask("new");
    listed.resolve();
    expect(await next).toBe("miss");
    expect(await bytesIn(storage)).toBeLessThanOrEqual(5000);
  });

  test("works on where the storage can't be listed", async () => {
    const storage: Storage = {
      ...createMemoryStorage(),
      list() {
        throw new Error("no");
      },
    };
    const { ask } = testCache({ storage });
    expect([await ask("w"), await ask("w")]).toEqual(["miss", "hit"]);
  });

  test("passes a result on that is larger than all of it, and keeps none of it", async () => {
    const { storage, ask } = testCache({ maxBytes: 1000 });
    expect([await ask("w", 5000), await ask("w", 5000)]).toEqual(["miss", "miss"]);
    expect(await bytesIn(storage)).toBe(0);
  });

  test("forgets a result that is too old", async () => {
    let time = Date.now();
    const { cache, storage, ask } = testCache({ now: () => time });
    await ask("w");
    time += 50_000;
    expect(await ask("w")).toBe("hit");
    time += 20_000;
    expect(await ask("w")).toBe("miss");
    time += 3_600_000;
    await cache.sweep();
    expect(await bytesIn(storage)).toBe(0);
  });

  test("forgets all results of a source, and of no other", async () => {
    const { cache, ask } = testCache();
    const other = "b".repeat(64);
    await ask("1");
    await ask("2");
    await ask("1", 10, other);
    expect(await cache.invalidate(source)).toBe(2);
    expect([await ask("1"), await ask("1", 10, other)]).toEqual(["miss", "hit"]);
  });

  test("makes anew what was cut or changed in the storage", async () => {
    const { storage, ask } = testCache();
    await ask("w");
    for await (const { key } of storage.list()) {
      const bytes = await (await storage.get(key)).bytes();
      await storage.put(key, bytes.subarray(0, bytes.length - 1));
    }
    expect([await ask("w"), await ask("w")]).toEqual(["miss", "hit"]);
  });

  test("gives the result also where it can't be kept", async () => {
    const storage: Storage = {
      ...createMemoryStorage(),
      put: () => Promise.reject(new Error("full")),
    };
    const { cache, ask } = testCache({ storage });
    expect(await ask("w")).toBe("miss");
    expect(cache.state()).toMatchObject({ failures: 1, entries: 0, bytes: 0 });
  });

  test("leaves everything else in the storage alone", async () => {
    const storage = createMemoryStorage();
    await storage.put(parseKey("cached/by-others"), new Uint8Array(100_000));
    const { cache } = testCache({ storage, maxBytes: 10 });
    await cache.sweep();
    expect(await storage.head(parseKey("cached/by-others"))).toBeDefined();
  });
});
