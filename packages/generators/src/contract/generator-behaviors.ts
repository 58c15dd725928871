import { expect } from "vitest";

import type { GenerationRequest, ImageGenerator } from "../image-generator.ts";
import { sniffMediaType } from "../sniff-media-type.ts";

const request: GenerationRequest = { prompt: "a red car", width: 640, height: 360, seed: 7 };

/** A PNG of one pixel. */
const reference = {
  bytes: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    "base64",
  ),
  mediaType: "image/png",
};

export const generatorBehaviors = {
  "gives a picture with its true media type, its model and how it ended": async (
    generator: ImageGenerator,
  ) => {
    const { images, failures } = await generator.generate(request);
    expect(failures).toEqual([]);
    expect(images).toHaveLength(1);
    for (const { bytes, mediaType, model, finishReason, digitalSourceType } of images) {
      expect(sniffMediaType(bytes)).toBe(mediaType);
      expect(model).not.toBe("");
      expect(finishReason).not.toBe("");
      expect(digitalSourceType).toMatch(/algorithmicMedia/iu);
    }
  },

  "gives as many pictures as asked for": async (generator: ImageGenerator) => {
    const { images } = await generator.generate({ ...request, count: 3 });
    expect(images).toHaveLength(3);
  },

  "says beforehand what it costs at most": async (generator: ImageGenerator) => {
    const three = { ...request, count: 3 };
    const estimate = generator.estimateCost(three);
    const { images } = await generator.generate(three);
    const spent = images.reduce((sum, { cost }) => sum + cost.amount, 0);
    expect(spent).toBeLessThanOrEqual(estimate.amount + 1e-9);
    expect(estimate.currency).toBe("USD");
  },

  "gives the same picture for the same seed, and another for another": async (
    generator: ImageGenerator,
  ) => {
    const bytesFor = async (seed: number) => {
      const { images } = await generator.generate({ ...request, seed });
      expect(images[0]?.seed).toBe(seed);
      return Buffer.from(images[0]?.bytes ?? []);
    };
    const [first, again, other] = [await bytesFor(7), await bytesFor(7), await bytesFor(8)];
    expect(first.equals(again)).toBe(true);
    expect(first.equals(other)).toBe(false);
  },

  "gives each of several pictures a seed of its own": async (generator: ImageGenerator) => {
    const { images } = await generator.generate({ ...request, count: 3 });
    expect(new Set(images.map(({ seed }) => seed))).toEqual(new Set([7, 8, 9]));
  },

  "takes pictures to work from": async (generator: ImageGenerator) => {
    const { images } = await generator.generate({ ...request, references: [reference, reference] });
    expect(images).toHaveLength(1);
  },

  "takes a picture of every shape": async (generator: ImageGenerator) => {
    for (const [width, height] of [
      [16, 16],
      [3000, 500],
      [500, 3000],
    ] as const) {
      const { images } = await generator.generate({ ...request, width, height });
      expect(images).toHaveLength(1);
    }
  },

  "leaves the request untouched": async (generator: ImageGenerator) => {
    const given = { ...request, references: [{ ...reference, bytes: reference.bytes.slice() }] };
    const before = structuredClone(given);
    await generator.generate(given);
    expect(structuredClone(given)).toEqual(before);
  },

  "serves several calls at once": async (generator: ImageGenerator) => {
    const made = await Promise.all(
      [1, 2, 3].map((seed) => generator.generate({ ...request, seed })),
    );
    expect(made.flatMap(({ images }) => images)).toHaveLength(3);
  },

  "refuses a request that makes no sense": async (generator: ImageGenerator) => {
    for (const fault of [
      { prompt: " " },
      { count: 0 },
      { count: 1.5 },
      { width: 0 },
      { height: Number.NaN },
      { seed: -1 },
    ])
      await expect(generator.generate({ ...request, ...fault })).rejects.toMatchObject({
        kind: "invalid_input",
        code: "generator.invalid_input",
      });
  },

  "rejects an aborted call with the signal's reason": async (generator: ImageGenerator) => {
    const reason = new Error("no longer wanted");
    const signal = AbortSignal.abort(reason);
    await expect(generator.generate(request, { signal })).rejects.toBe(reason);
  },
};
