import { imageFromPixels, readImage, sharp, type Image } from "@tintype/image-core";
import {
  convertWithMagick,
  deviation,
  fixture,
  fixturesPresent,
  gradient,
  judges,
  paint,
  pixelAt,
  solid,
} from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";

import { encode } from "../encode.ts";

const pixelsOf = async (data: Buffer) => (await readImage(data)).pixels();

/** The sides of the squares that an icon lists. */
const sizesIn = (data: Buffer) =>
  Array.from({ length: data.readUInt16LE(4) }, (_, index) => data[6 + index * 16] || 256);

/** A source and the file that it was read from. */
const source = async (make: (image: ReturnType<Image["open"]>) => ReturnType<Image["open"]>) => {
  const bytes = await make(imageFromPixels(await gradient(64, 64).pixels()).open()).toBuffer();
  const image = await readImage(bytes);
  return { image, original: { image, bytes } };
};

describe("GIF", () => {
  test("has no more colors than asked", async () => {
    const { data } = await encode(gradient(64, 64), { format: "gif", colors: 16 });
    const { data: samples } = await sharp(data)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const colors = new Set(
      Array.from({ length: 64 * 64 }, (_, at) =>
        samples.subarray(at * 3, at * 3 + 3).toString("hex"),
      ),
    );
    expect(colors.size).toBeLessThanOrEqual(16);
  });
});

describe("TIFF", () => {
  test.skipIf(judges.length === 0).each([
    ["none", "None"],
    ["lzw", "LZW"],
    ["deflate", "Zip"],
    ["packbits", "RLE"],
  ])("is compressed by %s", async (compression, expected) => {
    const { data } = await encode(gradient(64, 64), { format: "tiff", compression });
    expect(convertWithMagick(data, "-", "-format", "%C", "info:-")?.toString()).toBe(expected);
  });

  test("of one bit is black and white", async () => {
    const { data } = await encode(gradient(64, 64), { format: "tiff", bitDepth: 1 });
    expect(data.length).toBeLessThan(1500);
    expect(new Set((await pixelsOf(data)).data)).toEqual(new Set([0, 255]));
  });
});

describe("BMP", () => {
  test("of 24 bits is laid on the color that is named", async () => {
    const { data } = await encode(solid(5, 3, 0, 0, 0, 0), {
      format: "bmp",
      bits: 24,
      background: "tomato",
    });
    expect(data.length).toBe(54 + 3 * 16);
    expect(pixelAt(await pixelsOf(data), 4, 2)).toEqual([255, 99, 71]);
  });

  test("of 32 bits keeps transparency, of an opaque picture too", async () => {
    const { data } = await encode(solid(5, 3, 9, 8, 7), { format: "bmp", bits: 32 });
    expect(pixelAt(await pixelsOf(data), 4, 2)).toEqual([9, 8, 7, 255]);
  });
});

describe("ICO", () => {
  test("holds the sizes that the picture is large enough for", async () => {
    expect(sizesIn((await encode(gradient(300, 200), { format: "ico" })).data)).toEqual([
      16, 32, 48, 256,
    ]);
    expect(sizesIn((await encode(gradient(40, 20), { format: "ico" })).data)).toEqual([16, 32]);
    expect(
      sizesIn((await encode(gradient(4, 4), { format: "ico", sizes: [64, 32] })).data),
    ).toEqual([32]);
  });

  test("fits the picture into a transparent square", async () => {
    const file = await encode(solid(32, 16, 200, 0, 0), { format: "ico", sizes: [32] });
    const pixels = await pixelsOf(file.data);
    expect(pixelAt(pixels, 16, 1)[3]).toBe(0);
    expect(pixelAt(pixels, 16, 16)).toEqual([200, 0, 0, 255]);
  });
});

describe("SVG", () => {
  const disc = paint(80, 80, 4, (x, y, channel) =>
    Math.hypot(x - 40, y - 40) < 30 ? [200, 30, 30, 255][channel]! : 0,
  );

  test("traces flat art closely, sharp at any size, in a few bytes", async () => {
    const { data } = await encode(disc, { format: "svg", mode: "trace", colors: 4 });
    expect(data.length).toBeLessThan(2500);
    expect(data.toString()).not.toContain("<image");
    expect(deviation(await pixelsOf(data), await disc.pixels()).mean).toBeLessThan(3);
  });

  test("of less detail is smaller", async () => {
    const noisy = paint(
      80,
      80,
      3,
      (x, y, channel) => (x * 7 + y * 13 + ((x * y) % 17) * 9 + channel * 40) % 256,
    );
    const size = async (detail: number) =>
      (await encode(noisy, { format: "svg", mode: "trace", detail })).data.length;
    expect(await size(0)).toBeLessThan(await size(1));
  });

  test("wraps the picture in the format that is named", async () => {
    for (const embed of ["png", "webp", "jpeg"]) {
      const { data } = await encode(disc, { format: "svg", embed });
      expect(data.toString()).toContain(`data:image/${embed};base64,`);
      expect((await readImage(data)).source).toMatchObject({
        format: "svg",
        width: 80,
        height: 80,
      });
    }
  });
});

describe("Display P3", () => {
  test.each(["jpeg", "webp", "avif", "tiff"])(
    "is written into %s, and shows the same colors",
    async (format) => {
      const image = gradient(48, 48);
      const best = { jpeg: { quality: 100 }, webp: { mode: "lossless" }, avif: { lossless: true } }[
        format
      ];
      const { data } = await encode(image, { format, colorSpace: "p3", ...best });
      expect((await sharp(data).metadata()).hasProfile).toBe(true);
      const raw = await sharp(data, { ignoreIcc: true }).raw().toBuffer();
      const { data: samples } = await image.pixels();
      expect(raw.equals(samples)).toBe(false);
      expect(deviation(await pixelsOf(data), await image.pixels()).mean).toBeLessThan(4);
    },
  );
});

describe("keepSmaller", () => {
  const output = { format: "jpeg", quality: 95, keepSmaller: true };

  test("keeps the source's bytes where the file would be larger", async () => {
    const { image, original } = await source((open) => open.jpeg({ quality: 20 }));
    expect((await encode(image, output, { original })).data.equals(original.bytes)).toBe(true);
  });

  test("writes anew what is not asked for, carries metadata, or is of another format", async () => {
    const plain = await source((open) => open.jpeg({ quality: 20 }));
    const tagged = await source((open) =>
      open.jpeg({ quality: 20 }).withExif({ IFD0: { Artist: "Ada" } }),
    );
    const turned = await source((open) =>
      open.jpeg({ quality: 20 }).withMetadata({ orientation: 6 }),
    );
    for (const [{ image, original }, call] of [
      [plain, { ...output, keepSmaller: false }],
      [plain, { ...output, format: "webp" }],
      [tagged, output],
      [turned, output],
    ] as const) {
      expect((await encode(image, call, { original })).data.equals(original.bytes)).toBe(false);
    }
  });
});

test.skipIf(!fixturesPresent)("AVIF of 10 and 12 bits opens again", async () => {
  const image = await readImage(fixture("car-1-cutout.png"));
  for (const bitDepth of [10, 12]) {
    const { data } = await encode(image, { format: "avif", bitDepth, quality: 90 });
    const mean = deviation(await pixelsOf(data), await image.pixels()).mean;
    expect(mean).toBeLessThan(40);
    expect((await readImage(data)).source).toMatchObject({
      width: 480,
      height: 360,
      hasAlpha: true,
    });
  }
});
