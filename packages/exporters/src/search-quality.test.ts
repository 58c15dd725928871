import { imageFromPixels, readImage, type Image } from "@tintype/image-core";
import { gradient, paint, solid } from "@tintype/image-core/testing";
import * as fc from "fast-check";
import { ssim } from "ssim.js";
import { describe, expect, test } from "vitest";

import { encode } from "./encode.ts";
import { similarity } from "./similarity.ts";

/** Colors that change slowly, under a noise that is always the same. */
const noisy = paint(96, 80, 3, (x, y, channel) => {
  const noise = (Math.sin(x * 12.9898 + y * 78.233 + channel) * 43_758.5453) % 1;
  return Math.min(255, Math.max(0, x + y + noise * 60));
});

const bytesAt = async (quality: number) =>
  (await encode(noisy, { format: "jpeg", quality })).data.length;

async function likeness(image: Image, data: Buffer): Promise<number> {
  return similarity(await image.pixels(), await (await readImage(data)).pixels());
}

describe("maxBytes", () => {
  test("takes the highest quality that fits, up to the one that is named", async () => {
    const maxBytes = await bytesAt(43);
    const file = await encode(noisy, { format: "jpeg", maxBytes });
    expect(file.data.length).toBeLessThanOrEqual(maxBytes);
    expect(await bytesAt((file.quality ?? 0) + 1)).toBeGreaterThan(maxBytes);
    expect(await encode(noisy, { format: "jpeg", quality: 30, maxBytes })).toMatchObject({
      quality: 30,
    });
  });

  test.each(["jpeg", "webp", "avif"])("says that no %s is small enough", async (format) => {
    await expect(encode(noisy, { format, maxBytes: 10 })).rejects.toMatchObject({
      kind: "unsupported",
      code: "output.too_many_bytes",
      details: { format, maxBytes: 10 },
    });
  });
});

describe("target", () => {
  test.each(["jpeg", "webp", "avif"])(
    "takes the lowest quality of %s like enough",
    async (format) => {
      const file = await encode(noisy, { format, target: 0.9 });
      const quality = file.quality ?? 0;
      expect(await likeness(noisy, file.data)).toBeGreaterThanOrEqual(0.9);
      const lower = await encode(noisy, { format, quality: quality - 1 });
      expect(await likeness(noisy, lower.data)).toBeLessThan(0.9);
    },
  );

  test("gives what comes closest, with a warning, where it can't be reached", async () => {
    expect(await encode(noisy, { format: "jpeg", target: 1 })).toMatchObject({
      quality: 100,
      warnings: [expect.stringContaining("as like the picture as 1")],
    });
    const maxBytes = await bytesAt(20);
    const file = await encode(noisy, { format: "jpeg", target: 0.99, maxBytes });
    expect(file.data.length).toBeLessThanOrEqual(maxBytes);
    expect(file.warnings).toHaveLength(1);
  });

  test("compares what is seen: colors behind nothing don't count", async () => {
    const clear = solid(40, 40, 200, 10, 90, 0);
    expect(await encode(clear, { format: "webp", target: 1 })).toMatchObject({ quality: 1 });
  });
});

describe("similarity", () => {
  test("is 1 for equal pictures of any size, and less for others", async () => {
    const size = fc.integer({ min: 1, max: 30 });
    await fc.assert(
      fc.asyncProperty(size, size, async (width, height) => {
        const pixels = await gradient(width, height).pixels();
        expect(await similarity(pixels, pixels)).toBeCloseTo(1, 10);
        const inverted = {
          ...pixels,
          data: Buffer.from(pixels.data.map((sample) => 255 - sample)),
        };
        expect(await similarity(pixels, inverted)).toBeLessThan(0.9);
      }),
      { numRuns: 20 },
    );
  });

  test("agrees with another implementation on how much JPEG loses", async () => {
    const original = await noisy.pixels();
    for (const quality of [5, 25, 60, 95]) {
      const { data } = await encode(noisy, { format: "jpeg", quality });
      const written = await (await readImage(data)).pixels();
      const [left, right] = await Promise.all([original, written].map(asImageData));
      const { mssim } = ssim(left as never, right as never, { ssim: "fast", downsample: false });
      expect(Math.abs((await similarity(original, written)) - mssim)).toBeLessThan(0.04);
    }
  });
});

async function asImageData(pixels: Awaited<ReturnType<Image["pixels"]>>) {
  const { data, info } = await imageFromPixels(pixels)
    .open()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
