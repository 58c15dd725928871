import { describe, expect, test } from "vitest";

import {
  createMemoryCache,
  createSampleGenerator,
  createUsageMeter,
  withCache,
  type GenerationRequest,
  type ImageGenerator,
} from "../index.ts";

const request: GenerationRequest = { prompt: "fruit", width: 16, height: 16, seed: 1 };

const price = { cost: { amount: 1, currency: "USD" } } as const;

/** The sample generator at a price, behind a cache, with a count of what comes through. */
function cached() {
  const sample = createSampleGenerator();
  const through: GenerationRequest[] = [];
  const counting: ImageGenerator = {
    ...sample,
    async generate(given, call) {
      through.push(given);
      const { images, failures } = await sample.generate(given, call);
      return {
        images: images.map((image) => Object.assign({}, image, price)),
        failures,
      };
    },
  };
  const meter = createUsageMeter();
  return { through, meter, generator: withCache(counting, { cache: createMemoryCache(), meter }) };
}

describe("a generator with a cache", () => {
  test("answers an equal request at no cost, with the same picture", async () => {
    const { through, meter, generator } = cached();
    const [first] = (await generator.generate(request)).images;
    const [again] = (await generator.generate({ ...request })).images;
    expect(through).toHaveLength(1);
    expect(again).toEqual({ ...first, cost: { amount: 0, currency: "USD" } });
    expect(meter.read()["sample"]?.cacheHits).toBe(1);
  });

  test("sends on every request that differs in anything", async () => {
    const { through, generator } = cached();
    const reference = { bytes: Buffer.from("a"), mediaType: "image/png" };
    const others = [
      {},
      { prompt: "flowers" },
      { seed: 2 },
      { width: 17 },
      { quality: "high" as const },
      { count: 2 },
      { model: "other" },
      { references: [reference] },
      { references: [{ ...reference, bytes: Buffer.from("b") }] },
    ];
    for (const other of others) await generator.generate({ ...request, ...other });
    expect(through).toHaveLength(others.length);
  });

  test("sends on every request without a seed", async () => {
    const { through, generator } = cached();
    for (const _ of [1, 2]) await generator.generate({ ...request, seed: undefined });
    expect(through).toHaveLength(2);
  });
});

describe("a cache in memory", () => {
  test("forgets what was not asked for the longest time, and never holds more than it may", async () => {
    const cache = createMemoryCache({ maxBytes: 20 });
    for (const name of ["a", "b"]) await cache.put(name, Buffer.alloc(8));
    await cache.get("a");
    await cache.put("c", Buffer.alloc(8));
    await cache.put("d", Buffer.alloc(21));
    const kept = await Promise.all(["a", "b", "c", "d"].map((name) => cache.get(name)));
    expect(kept.map((bytes) => bytes?.length)).toEqual([8, undefined, 8, undefined]);
  });

  test("counts what is put anew once", async () => {
    const cache = createMemoryCache({ maxBytes: 20 });
    for (const _ of [1, 2, 3]) await cache.put("a", Buffer.alloc(8));
    await cache.put("b", Buffer.alloc(8));
    expect(await cache.get("a")).toHaveLength(8);
  });
});
