import { TintypeError } from "@tintype/errors";
import { provenanceIn } from "@tintype/exporters";
import {
  createSampleGenerator,
  type GenerationRequest,
  type ImageGenerator,
} from "@tintype/generators";
import { readImage, sharp } from "@tintype/image-core";
import { parseKey, type Storage } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import type { PipelineResult } from "../pipeline-result.ts";
import { failureOf, samplePng, testPipeline } from "../testing/test-pipeline.ts";
import { runVariations } from "./run-variations.ts";

const source = {
  kind: "generate",
  prompt: "a red car",
  size: "custom",
  width: 96,
  height: 54,
  seed: 7,
};
const variants = [{ name: "png", output: { format: "png" } }];

/** A generator that keeps what it was asked for, and draws squares of one color. */
function squares(failures: Readonly<Record<number, Error>> = {}) {
  const requests: GenerationRequest[] = [];
  const generator: ImageGenerator = {
    name: "squares",
    estimateCost: () => ({ amount: 0, currency: "USD" }),
    async generate(request) {
      const failure = failures[requests.push(request) - 1];
      if (failure) throw failure;
      const create = { width: 64, height: 64, channels: 3, background: "#0000ff" } as const;
      const image = {
        bytes: await sharp({ create })
          .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
          .toBuffer(),
        mediaType: "image/jpeg",
        model: "square-1",
        seed: request.seed,
        finishReason: "STOP",
        cost: { amount: 0.1, currency: "USD" },
        digitalSourceType: "trainedAlgorithmicMedia",
        createdAt: "2026-11-21T12:00:00.000Z",
      } as const;
      return { images: [image], failures: [] };
    },
  };
  const generation = { generators: { squares: generator }, defaultGenerator: "squares" };
  return { requests, generation };
}

async function pixelOf(storage: Storage, { variants: [file] }: PipelineResult): Promise<number[]> {
  if (!file) throw new Error("No file was made.");
  const bytes = await (await storage.get(file.key)).bytes();
  const [red, green, blue] = await sharp(bytes).removeAlpha().raw().toBuffer();
  return [red ?? -1, green ?? -1, blue ?? -1];
}

describe("a picture made from words", () => {
  test("stays the generator's, which may remember it, also when a request hands its bytes over", async () => {
    const { generators } = squares().generation;
    let answer: ReturnType<ImageGenerator["generate"]> | undefined;
    const remembering: ImageGenerator = {
      ...generators.squares,
      generate: (...asked) => (answer ??= generators.squares.generate(...asked)),
    };
    const generation = { generators: { remembering }, defaultGenerator: "remembering" };
    const { pipeline } = testPipeline({ generation });
    const request = pipeline.parse({ source, variants });
    const first = await pipeline.run(request, { transfer: true });
    const again = await pipeline.run(request, { transfer: true });
    expect(again.variants).toEqual(first.variants);
  });

  test("needs no service: the sample generator draws it at the size asked for, and the result says so", async () => {
    const { pipeline } = testPipeline();
    const result = await pipeline.run(pipeline.parse({ source, variants }));
    expect(result).toMatchObject({ width: 96, height: 54, warnings: [], steps: [] });
    expect(result.generation).toEqual({
      generator: "sample",
      prompt: "a red car.",
      model: "still-life",
      seed: 7,
      mediaType: "image/svg+xml",
      finishReason: "STOP",
      cost: { amount: 0, currency: "USD" },
    });
  });

  test("is the same file for the same seed, and another for another", async () => {
    const { pipeline } = testPipeline();
    const run = async (seed: number) =>
      (await pipeline.run(pipeline.parse({ source: { ...source, seed }, variants }))).variants[0];
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toMatchObject({ key: first?.key, sha256: first?.sha256 });
    expect(other?.sha256).not.toBe(first?.sha256);
  });

  test("says in its files that a program made it, and which", async () => {
    const { generation } = squares();
    const { pipeline, storage } = testPipeline({ generation });
    const result = await pipeline.run(pipeline.parse({ source, variants }));
    const bytes = await (await storage.get(result.variants[0]?.key ?? parseKey("none"))).bytes();
    expect(provenanceIn((await readImage(bytes)).metadata.xmp)).toEqual({
      digitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
      model: "squares square-1",
      createdAt: "2026-11-21T12:00:00.000Z",
    });
  });

  test("is cut to the exact size where the generator draws another", async () => {
    const { generation } = squares();
    const { pipeline } = testPipeline({ generation });
    const result = await pipeline.run(pipeline.parse({ source, variants }));
    expect(result.steps).toMatchObject([{ step: "resize", width: 96, height: 54 }]);
    expect(result.source).toMatchObject({ width: 64, height: 64, format: "jpeg" });
    expect(result.variants[0]).toMatchObject({ width: 96, height: 54 });
  });

  test("is asked for with the brand of the service, unless it names its own", async () => {
    const { requests, generation } = squares();
    const brand = { primaryColor: "#0066cc" };
    const { pipeline } = testPipeline({ generation: { ...generation, brand } });
    for (const more of [{}, { brand: { style: "loud" } }]) {
      await pipeline.run(pipeline.parse({ source: { ...source, ...more }, variants }));
    }
    expect(requests.map(({ prompt }) => prompt)).toEqual([
      "a red car. The brand's palette: #0066cc as the leading color.",
      "a red car. The brand's style: loud.",
    ]);
  });

  test("records the template and the wording that were taken", async () => {
    const { pipeline } = testPipeline();
    const template = { name: "product", variant: "studio", values: { surface: "slate" } };
    const request = pipeline.parse({ source: { ...source, template }, variants });
    const { generation } = await pipeline.run(request);
    expect(generation?.template).toEqual({ name: "product", variant: "studio" });
    expect(generation?.prompt).toContain("a red car on slate");
  });

  test("is made from others, wherever they are", async () => {
    const { requests, generation } = squares();
    const { pipeline, storage } = testPipeline({ generation });
    const png = await samplePng();
    await storage.put(parseKey("in/cat.png"), png);
    const references = ["in/cat.png", `data:image/png;base64,${png.toString("base64")}`];
    await pipeline.run(pipeline.parse({ source: { ...source, references }, variants }));
    expect(requests[0]?.references?.map(({ mediaType }) => mediaType)).toEqual([
      "image/png",
      "image/png",
    ]);
    expect(Buffer.from(requests[0]?.references?.[0]?.bytes ?? []).equals(png)).toBe(true);
  });

  test.each([
    [{ prompt: "" }, "request.invalid"],
    [{ size: "huge", width: undefined, height: undefined }, "request.invalid"],
    [{ width: undefined }, "request.invalid"],
    [{ theme: "baroque" }, "request.invalid"],
    [{ generator: "dream" }, "generator.unknown"],
    [{ references: ["none.png"] }, "storage.not_found"],
    [{ references: ["data:;base64,aGVsbG8="] }, "generator.unsupported_reference"],
  ])("with the fault %j is refused", async (fault, code) => {
    const { pipeline } = testPipeline();
    const run = async () =>
      pipeline.run(pipeline.parse({ source: { ...source, ...fault }, variants }));
    expect(await failureOf(run)).toMatchObject({ code });
  });

  test("is parsed to what can be parsed again", () => {
    const { pipeline } = testPipeline();
    const parsed = pipeline.parse({ source, variants });
    expect(pipeline.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });
});

const red = `data:;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="40"><rect width="10" height="40" fill="#f00"/></svg>').toString("base64")}`;

async function blend(base: object | undefined) {
  const { generation } = squares();
  const { pipeline, storage } = testPipeline({ generation });
  const result = await pipeline.run(pipeline.parse({ source: { ...source, base }, variants }));
  return { result, pixel: await pixelOf(storage, result) };
}

describe("a base picture", () => {
  test("is blended in at the picture's size, as strong as asked", async () => {
    const { result, pixel } = await blend({ image: red, opacity: 0.25 });
    expect(result).toMatchObject({ width: 96, height: 54, warnings: [] });
    expect(pixel[0]).toBeCloseTo(64, -1);
    expect(pixel[2]).toBeCloseTo(191, -1);
    expect((await blend({ image: red, blend: "screen", opacity: 1 })).pixel).toEqual([255, 0, 254]);
  });

  test.each(["none.png", "data:;base64,aGVsbG8=", "http://127.0.0.1/a.png"])(
    "that can't be read, %s, is left out with a warning",
    async (image) => {
      const { result, pixel } = await blend({ image });
      expect(result.warnings).toEqual([
        expect.stringContaining("The base picture was left out") as string,
      ]);
      expect(pixel).toEqual((await blend(undefined)).pixel);
    },
  );

  test("and the size give the files folders of their own", async () => {
    const { generation } = squares();
    const { pipeline } = testPipeline({ generation });
    const given = [
      {},
      { base: { image: red } },
      { base: { image: red, opacity: 1 } },
      { width: 97 },
    ];
    const keys = given.map(
      async (more) =>
        (await pipeline.run(pipeline.parse({ source: { ...source, ...more }, variants })))
          .variants[0]?.key,
    );
    expect(new Set(await Promise.all(keys)).size).toBe(given.length);
  });
});

describe("variations", () => {
  const blocked = new TintypeError({ kind: "forbidden", code: "generator.blocked", message: "no" });

  test("have seeds and names of their own", async () => {
    const { pipeline } = testPipeline();
    const request = pipeline.parse({ source, variants, store: { folder: "cars", name: "car" } });
    const { results, failures } = await runVariations(request, 3, (one) => pipeline.run(one));
    expect(failures).toEqual([]);
    expect(results.map(({ generation }) => generation?.seed)).toEqual([7, 8, 9]);
    expect(results.map(({ variants: [file] }) => file?.key)).toEqual([
      "cars/car.png",
      "cars/car-2.png",
      "cars/car-3.png",
    ]);
  });

  test("that succeed are given with why the others did not", async () => {
    const { pipeline } = testPipeline({ generation: squares({ 1: blocked }).generation });
    const { results, failures } = await runVariations(
      pipeline.parse({ source, variants }),
      3,
      (one) => pipeline.run(one),
    );
    expect(results).toHaveLength(2);
    expect(failures).toEqual([blocked]);
  });

  test("of which none succeeds are a failure", async () => {
    const { pipeline } = testPipeline({
      generation: squares({ 0: blocked, 1: blocked }).generation,
    });
    const run = runVariations(pipeline.parse({ source, variants }), 2, (one) => pipeline.run(one));
    await expect(run).rejects.toBe(blocked);
  });
});

test("a generator of one's own stands beside the sample", async () => {
  const { generation } = squares();
  const generators = { ...generation.generators, sample: createSampleGenerator() };
  const { pipeline } = testPipeline({ generation: { generators, defaultGenerator: "sample" } });
  const run = async (more: object) =>
    (await pipeline.run(pipeline.parse({ source: { ...source, ...more }, variants }))).generation;
  expect((await run({}))?.generator).toBe("sample");
  expect((await run({ generator: "squares" }))?.generator).toBe("squares");
});
