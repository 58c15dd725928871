import { crc32 } from "node:zlib";

import { describe, expect, test } from "vitest";

import { sharp } from "./process-settings.ts";
import { readImage } from "./read-image.ts";
import { resize } from "./steps/resize.ts";
import { fixture, fixturesPresent, letterL, paint, run } from "./testing/index.ts";

const png = await sharp({ create: { width: 6, height: 4, channels: 3, background: "#246" } })
  .png()
  .toBuffer();

/** A PNG header that claims a size, and no pixels behind it. */
function headerOnly(width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(0, 33));
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return Buffer.concat([header, png.subarray(33)]);
}

const text = (content: string) => new TextEncoder().encode(content);

describe("readImage", () => {
  test("tells what the header says", async () => {
    const { source, ...image } = await readImage(png);
    expect(image).toMatchObject({ width: 6, height: 4, hasAlpha: false });
    expect(source).toEqual({
      format: "png",
      mediaType: "image/png",
      bytes: png.length,
      width: 6,
      height: 4,
      hasAlpha: false,
      pages: 1,
      depth: 8,
      colorSpace: "srgb",
      hasProfile: false,
      orientation: 1,
    });
  });

  test.each([
    ["no bytes at all", new Uint8Array(), "invalid_input", "image.empty"],
    ["a text file", text("I am a picture.png"), "unsupported", "image.unknown_type"],
    ["a web page", text("<!DOCTYPE html><html></html>"), "unsupported", "image.unknown_type"],
    ["a BMP of zeros", text(`BM${"\0".repeat(60)}`), "invalid_input", "image.corrupt"],
    ["a HEIC without a body", text(`\0\0\0\x10ftypheic\0\0\0\0`), "invalid_input", "image.corrupt"],
    ["a PNG without a header", png.subarray(0, 12), "invalid_input", "image.corrupt"],
    ["a decompression bomb", headerOnly(16_000, 16_000), "limit_exceeded", "image.too_many_pixels"],
    ["a very long picture", headerOnly(16_385, 1), "limit_exceeded", "image.side_too_long"],
  ])("refuses %s", async (_what, bytes, kind, code) => {
    await expect(readImage(bytes)).rejects.toMatchObject({ name: "TintypeError", kind, code });
  });

  test("takes pictures up to its limits and no further", async () => {
    await expect(readImage(headerOnly(16_384, 3_051))).resolves.toMatchObject({ width: 16_384 });
    await expect(readImage(headerOnly(16_384, 3_052))).rejects.toMatchObject({
      code: "image.too_many_pixels",
      details: { pixels: 16_384 * 3_052, maxPixels: 50_000_000 },
    });
    await expect(readImage(png, { maxBytes: png.length })).resolves.toBeDefined();
    await expect(readImage(png, { maxBytes: png.length - 1 })).rejects.toMatchObject({
      code: "image.too_many_bytes",
    });
    await expect(readImage(png, { maxSide: 5 })).rejects.toMatchObject({
      code: "image.side_too_long",
    });
  });

  test("counts the pixels of all frames", async () => {
    const { data } = await paint(10, 50, 3, (_x, y) => 50 * Math.floor(y / 10)).pixels();
    const film = await sharp(data, { raw: { width: 10, height: 50, channels: 3, pageHeight: 10 } })
      .gif({ delay: [10, 20, 30, 40, 50] })
      .toBuffer();
    const pages = (await sharp(film).metadata()).pages ?? 1;
    await expect(readImage(film, { maxPixels: 100 * pages })).resolves.toMatchObject({
      width: 10,
      height: 10,
      source: { pages },
    });
    expect(pages).toBeGreaterThan(1);
    await expect(readImage(film, { maxPixels: 100 * pages - 1 })).rejects.toMatchObject({
      code: "image.too_many_pixels",
      details: { frames: pages },
    });
  });

  test("says that a cut picture is damaged when its pixels are first needed", async () => {
    const noise = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        noise: { type: "gaussian", mean: 128, sigma: 60 },
        background: "#000",
      },
    })
      .jpeg()
      .toBuffer();
    const cut = noise.subarray(0, noise.length >> 1);
    const corrupt = { kind: "invalid_input", code: "image.corrupt" };
    await expect((await readImage(cut)).pixels()).rejects.toMatchObject(corrupt);
    await expect(run(await readImage(cut), [resize({ width: 8 })])).rejects.toMatchObject(corrupt);
  });

  test("turns all eight EXIF orientations upright", async () => {
    const upright = await letterL().pixels();
    // How each orientation is stored, in the words of EXIF 2.32, 4.6.4: the operation that a viewer has to undo.
    const stored = [
      [],
      [{ step: "flop" }],
      [{ step: "rotate", angle: 180 }],
      [{ step: "flip" }],
      [{ step: "rotate", angle: 90 }, { step: "flop" }],
      [{ step: "rotate", angle: -90 }],
      [{ step: "rotate", angle: -90 }, { step: "flop" }],
      [{ step: "rotate", angle: 90 }],
    ];
    for (const [index, calls] of stored.entries()) {
      const { data, width, height, channels } = await run(letterL(), calls);
      const bytes = await sharp(data, { raw: { width, height, channels } })
        .withMetadata({ orientation: index + 1 })
        .png()
        .toBuffer();
      const image = await readImage(bytes);
      expect(image.source.orientation).toBe(index + 1);
      expect([index + 1, image.width, image.height]).toEqual([index + 1, 3, 4]);
      expect([index + 1, (await image.pixels()).data]).toEqual([index + 1, upright.data]);
    }
  });
});

describe.skipIf(!fixturesPresent)("readImage on real pictures", () => {
  test.each([
    ["photo-2725x2225.jpg", { format: "jpeg", width: 2725, height: 2225, hasAlpha: false }],
    ["exif-orientation-5.jpg", { width: 450, height: 600, orientation: 5 }],
    ["exif-orientation-6.jpg", { width: 600, height: 450, orientation: 6 }],
    ["cmyk-profile.jpg", { colorSpace: "cmyk", hasProfile: true, hasAlpha: false }],
    ["grey-alpha-16bit.png", { depth: 16, colorSpace: "grey16", hasAlpha: true }],
    ["animated-3.webp", { format: "webp", width: 370, height: 285, pages: 10 }],
    ["rotating-squares.gif", { format: "gif", pages: 30 }],
    ["multipage.tif", { format: "tiff", pages: 2 }],
    ["photo.avif", { format: "avif", mediaType: "image/avif" }],
    ["check.svg", { format: "svg", hasAlpha: true }],
  ])("%s", async (name, facts) => {
    expect((await readImage(fixture(name))).source).toMatchObject(facts);
  });

  test("a damaged header is told at once, cut pixels when they are needed", async () => {
    const corrupt = { kind: "invalid_input", code: "image.corrupt" };
    await expect(readImage(fixture("corrupt-header.jpg"))).rejects.toMatchObject(corrupt);
    for (const name of ["truncated.jpg", "truncated.png"]) {
      const image = await readImage(fixture(name));
      await expect(image.pixels()).rejects.toMatchObject(corrupt);
      const again = await readImage(fixture(name));
      await expect(run(again, [resize({ width: 40 })])).rejects.toMatchObject(corrupt);
    }
  });

  test("a name says nothing: a WebP is a WebP whatever it is called", async () => {
    expect((await readImage(fixture("alpha.webp"))).source.mediaType).toBe("image/webp");
  });
});
