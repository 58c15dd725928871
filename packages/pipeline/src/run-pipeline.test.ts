import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";

import { TintypeError } from "@tintype/errors";
import { encode } from "@tintype/exporters";
import {
  builtInSteps,
  createRegistry,
  defineStep,
  readImage,
  sharp,
  type AnyStep,
  type Image,
} from "@tintype/image-core";
import { fixture, fixtureNames, fixturesPresent, solid } from "@tintype/image-core/testing";
import { createMemoryStorage, parseKey, type Storage } from "@tintype/storage";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { createAdmission } from "./admission.ts";
import { builtInRegistries } from "./registries.ts";
import { failureOf, samplePng, testPipeline } from "./testing/test-pipeline.ts";

const source = { kind: "bytes", data: await samplePng() } as const;
const webp = { name: "web", output: { format: "webp" } };
const png = { name: "large", output: { format: "png" } };
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The built-in steps and one more, `probe`, that does what a test wants to. */
function withProbe(apply: (image: Image) => unknown) {
  const probe = defineStep({
    name: "probe",
    summary: "Looks on.",
    examples: [{}],
    options: z.strictObject({}),
    async apply(image) {
      await apply(image);
      return image;
    },
  });
  const steps = createRegistry("step", [...builtInSteps.all, probe as unknown as AnyStep]);
  return { ...builtInRegistries, steps };
}

const threeProbes = ["a", "b", "c"].map((name) => ({
  name,
  steps: [{ step: "probe" }],
  output: { format: "webp" },
}));

/** A memory storage of which one method is another. */
function storageWith(method: Partial<Storage>): Storage {
  return { ...createMemoryStorage(), ...method };
}

describe("a result", () => {
  test("agrees with the stored files", async () => {
    const { pipeline, storage } = testPipeline();
    const request = pipeline.parse({ source, preset: "product", store: { name: "car" } });
    const result = await pipeline.run(request);
    expect(result.variants.map(({ name }) => name)).toEqual(["processed", "grid", "detail"]);
    for (const {
      key,
      url,
      bytes,
      width,
      height,
      sha256: hash,
      format,
      mediaType,
    } of result.variants) {
      const content = await storage.get(key);
      const file = await content.bytes();
      const header = await sharp(file).metadata();
      expect({ bytes, hash, mediaType }).toEqual({
        bytes: file.length,
        hash: sha256(file),
        mediaType: content.info.mediaType,
      });
      expect(header).toMatchObject({ width, height, format });
      expect(url).toBe(await storage.url(key));
    }
  });

  test("tells the source, the steps, the ratio, the time and every stage's duration", async () => {
    const { pipeline } = testPipeline();
    const before = new Date().toISOString();
    const steps = [{ step: "resize", width: 24 }, { step: "flip" }];
    const result = await pipeline.run(pipeline.parse({ source, steps, variants: [webp, png] }));
    const written = result.variants.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(result).toMatchObject({
      source: {
        format: "png",
        width: 48,
        height: 32,
        bytes: source.data.length,
        sha256: sha256(source.data),
      },
      width: 24,
      height: 16,
      steps: [
        { step: "resize", width: 24, height: 16 },
        { step: "flip", width: 24, height: 16 },
      ],
      compressionRatio: Number((source.data.length / written).toFixed(3)),
      warnings: [],
    });
    expect(result.exportedAt >= before && result.exportedAt <= new Date().toISOString()).toBe(true);
    expect(Object.keys(result.timings)).toEqual([
      "read",
      "open",
      "wait",
      "steps",
      "export",
      "store",
      "total",
    ]);
  });

  test("tells the steps of each variant apart", async () => {
    const { pipeline } = testPipeline();
    const variants = [{ ...webp, steps: [{ step: "resize", width: 12 }] }, png];
    const result = await pipeline.run(pipeline.parse({ source, variants }));
    expect(result.variants).toMatchObject([
      { name: "web", width: 12, height: 8, steps: [{ step: "resize" }] },
      { name: "large", width: 48, height: 32, steps: [] },
    ]);
  });

  test("is the same files for the same request, in the same place", async () => {
    const { pipeline, storage } = testPipeline();
    const request = pipeline.parse({ source, preset: "product" });
    const [first, second] = [await pipeline.run(request), await pipeline.run(request)];
    expect(second.variants).toMatchObject(
      first.variants.map(({ key, sha256: hash }) => ({ key, sha256: hash })),
    );
    let stored = 0;
    for await (const _ of storage.list()) stored += 1;
    expect(stored).toBe(3);
  });

  test("has URLs that expire where the pipeline was told so", async () => {
    const asked: unknown[] = [];
    const storage = storageWith({
      url: async (key, options) => {
        asked.push(options);
        return `https://a.example/${key}`;
      },
    });
    const { pipeline } = testPipeline({ storage, urlExpiresInSeconds: 60, outputPrefix: "made" });
    const { variants } = await pipeline.run(pipeline.parse({ source, variants: [webp] }));
    expect(asked).toEqual([{ expiresInSeconds: 60 }]);
    expect(variants[0]?.url).toMatch(/^https:\/\/a\.example\/made\//u);
  });
});

describe("the work", () => {
  test("leaves the bytes that it was given as they are", async () => {
    const data = Buffer.from(source.data);
    const { pipeline } = testPipeline();
    for (const variants of [[webp], [webp, png]]) {
      await pipeline.run(pipeline.parse({ source: { kind: "bytes", data }, variants }));
      expect(data.equals(source.data)).toBe(true);
    }
  });

  test("decodes the picture once: all variants share the very same pixels", async () => {
    const seen: { data: Buffer; opensAs: string | undefined }[] = [];
    const registries = withProbe(async (image) => {
      const { format } = await image.open().metadata();
      seen.push({ data: (await image.pixels()).data, opensAs: format });
    });
    const { pipeline } = testPipeline({ registries });
    const jpeg = (await encode(solid(64, 64, 200, 30, 30), { format: "jpeg" })).data;
    await pipeline.run(
      pipeline.parse({ source: { kind: "bytes", data: jpeg }, variants: threeProbes }),
    );
    expect(seen.map(({ opensAs }) => opensAs)).toEqual(["raw", "raw", "raw"]);
    expect(new Set(seen.map(({ data }) => data)).size).toBe(1);
  });

  test("makes as many variants side by side as there are cores: each waits here until so many have come", async () => {
    const arrived = Promise.withResolvers<void>();
    let count = 0;
    const registries = withProbe(() => {
      count += 1;
      if (count === Math.min(3, availableParallelism())) arrived.resolve();
      return arrived.promise;
    });
    const { pipeline } = testPipeline({ registries });
    const result = await pipeline.run(pipeline.parse({ source, variants: threeProbes }));
    expect(result.variants.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  test("holds the picture's pixels in the admission for as long as it computes", async () => {
    const admission = createAdmission();
    const states: unknown[] = [];
    const registries = withProbe(() => states.push(admission.state()));
    const storage = storageWith({});
    const { pipeline } = testPipeline({
      registries,
      admission,
      storage: {
        ...storage,
        put: (...call) => {
          states.push(admission.state());
          return storage.put(...call);
        },
      },
    });
    await pipeline.run(pipeline.parse({ source, steps: [{ step: "probe" }], variants: [webp] }));
    expect(states).toEqual([
      { running: 1, waiting: 0, pixels: 48 * 32 },
      { running: 0, waiting: 0, pixels: 0 },
    ]);
  });

  test("lays on a picture from a data URL, from the storage and from the web", async () => {
    const logo = (await encode(solid(48, 32, 0, 200, 0), { format: "png" })).data;
    const { pipeline, storage } = testPipeline({
      fetch: async (url) => ({ bytes: logo, mediaType: "image/png", url }),
    });
    await storage.put(parseKey("logos/green.png"), logo);
    for (const image of [
      `data:image/png;base64,${logo.toString("base64")}`,
      "logos/green.png",
      "https://a.example/green.png",
    ]) {
      const request = { source, steps: [{ step: "composite", image }], variants: [png] };
      const { variants } = await pipeline.run(pipeline.parse(request));
      const file = await (await storage.get(variants[0]?.key as never)).bytes();
      const { data } = await (await readImage(file)).pixels();
      expect(Array.from(data.subarray(0, 3))).toEqual([0, 200, 0]);
    }
  });
});

describe("a failure", () => {
  test.each([
    ["a missing stored picture", { kind: "stored", key: "no.png" }, "storage.not_found"],
    ["no picture", { kind: "bytes", data: Buffer.from("text") }, "image.unknown_type"],
    ["a picture cut short", { kind: "bytes", data: source.data.subarray(0, 120) }, "image.corrupt"],
  ])("of %s has a code of its own, and frees its place", async (_, broken, code) => {
    const admission = createAdmission();
    const { pipeline } = testPipeline({ admission });
    const request = pipeline.parse({ source: broken, variants: [webp, png] });
    expect(await failureOf(() => pipeline.run(request))).toMatchObject({ code });
    expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  });

  test.each([
    ["no.png", "storage.not_found"],
    ["data:;base64,!", "source.invalid_base64"],
    ["data:;base64,AAAA", "image.unknown_type"],
    ["file:///etc/passwd", "storage.invalid_key"],
    ["http://127.0.0.1/", "source.private_address"],
  ])("of the picture %s that a step refers to is %s", async (image, code) => {
    const { pipeline } = testPipeline();
    const request = pipeline.parse({
      source,
      steps: [{ step: "composite", image }],
      variants: [webp],
    });
    expect(await failureOf(() => pipeline.run(request))).toMatchObject({ code });
  });

  test("of a picture with too many bytes or pixels comes before any work", async () => {
    const { pipeline } = testPipeline({ limits: { maxPixels: 100 } });
    const request = pipeline.parse({ source, variants: [webp] });
    expect(await failureOf(() => pipeline.run(request))).toMatchObject({ kind: "limit_exceeded" });
    const small = testPipeline({ limits: { maxBytes: 10 } }).pipeline;
    expect(await failureOf(() => small.run(request))).toMatchObject({
      code: "image.too_many_bytes",
    });
  });

  test("of one variant waits for the others, and stores nothing", async () => {
    const other = Promise.withResolvers<void>();
    const progress: string[] = [];
    const registries = withProbe(async () => {
      await other.promise;
      progress.push("the other variant is done");
    });
    const { pipeline, storage } = testPipeline({ registries });
    const variants = [
      { ...webp, steps: [{ step: "composite", image: "no.png" }] },
      { ...png, steps: [{ step: "probe" }] },
    ];
    const run = failureOf(() => pipeline.run(pipeline.parse({ source, variants })));
    setTimeout(other.resolve, 20);
    expect(await run).toMatchObject({ code: "storage.not_found" });
    expect(progress).toEqual(["the other variant is done"]);
    for await (const { key } of storage.list()) expect.unreachable(`stored ${key}`);
  });

  test("of the storage is told as it is, after every file has ended", async () => {
    const failure = new TintypeError({
      kind: "unavailable",
      code: "storage.full",
      message: "Full.",
    });
    const memory = createMemoryStorage();
    let ended = 0;
    const storage = storageWith({
      async put(key, ...rest) {
        if (key.endsWith(".webp")) throw failure;
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
        ended += 1;
        return memory.put(key, ...rest);
      },
    });
    const { pipeline } = testPipeline({ storage });
    await expect(pipeline.run(pipeline.parse({ source, variants: [webp, png] }))).rejects.toBe(
      failure,
    );
    expect(ended).toBe(1);
  });
});

describe("an abort", () => {
  const reason = new Error("the client has left");

  /** A pipeline that aborts when it comes to a stage, and the storage's puts so far. */
  function abortingAt(stage: "read" | "steps" | "export" | "store") {
    const controller = new AbortController();
    const admission = createAdmission();
    const put: string[] = [];
    const memory = createMemoryStorage();
    const at = (now: typeof stage) => {
      if (now === stage) controller.abort(reason);
    };
    const storage = storageWith({
      get: async (key, options) => {
        at("read");
        options?.signal?.throwIfAborted();
        return memory.get(key, options);
      },
      put: async (key, body, options) => {
        at("store");
        options?.signal?.throwIfAborted();
        put.push(key);
        return memory.put(key, body, options);
      },
    });
    let probes = 0;
    const registries = withProbe(() => {
      probes += 1;
      at(probes === 1 ? "steps" : "export");
    });
    const { pipeline } = testPipeline({ admission, registries, storage });
    return { controller, pipeline, admission, memory, put };
  }

  test.each(["read", "steps", "export", "store"] as const)(
    "while it comes to %s passes through with its reason, stores nothing, and frees the place",
    async (stage) => {
      const { controller, pipeline, admission, memory, put } = abortingAt(stage);
      await memory.put(parseKey("a.png"), source.data);
      const request = pipeline.parse({
        source: { kind: "stored", key: "a.png" },
        steps: [{ step: "probe" }],
        variants: [{ ...webp, steps: [{ step: "probe" }] }],
      });
      await expect(pipeline.run(request, { signal: controller.signal })).rejects.toBe(reason);
      expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
      expect(put).toEqual([]);
    },
  );

  test("while it waits for its turn gives the place up", async () => {
    const admission = createAdmission({ maxPictures: 1 });
    const leave = await admission.enter(1);
    const { pipeline } = testPipeline({ admission });
    const controller = new AbortController();
    const request = pipeline.parse({ source, variants: [webp] });
    const run = pipeline.run(request, { signal: controller.signal });
    await expect.poll(() => admission.state().waiting).toBe(1);
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
    leave();
    expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  });

  test("before the start does no work", async () => {
    const { pipeline } = testPipeline();
    const request = pipeline.parse({ source, variants: [webp] });
    await expect(pipeline.run(request, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe.skipIf(!fixturesPresent)("a real picture", () => {
  const broken = ["corrupt-header.jpg", "truncated.jpg", "truncated.png"];
  const whole = fixtureNames.filter((name) => !broken.includes(name));
  const presets = builtInRegistries.presets.all.map(({ name }) => name);
  // At a small size: every file is decoded whole, and no time goes into pixels that prove nothing more.
  const steps = [{ step: "resize", width: 200, height: 200 }];

  async function run(name: string, preset: string) {
    const { pipeline } = testPipeline();
    const file = { kind: "bytes", data: fixture(name) };
    return pipeline.run(pipeline.parse({ source: file, steps, preset }));
  }

  test.each(whole)("%s goes through every preset", async (name) => {
    const results = await Promise.all(presets.map((preset) => run(name, preset)));
    for (const { variants } of results) {
      expect(variants.length).toBeGreaterThan(1);
      expect(variants.every(({ bytes }) => bytes > 0)).toBe(true);
    }
  });

  test.each(broken)("%s is refused as damaged by every preset", async (name) => {
    for (const preset of presets) {
      expect(await failureOf(() => run(name, preset))).toMatchObject({ code: "image.corrupt" });
    }
  });
});
