import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { sharp } from "../process-settings.ts";
import { readImage } from "../read-image.ts";
import { resize } from "../steps/resize.ts";
import {
  convertWithMagick,
  deviation,
  encodeHeic,
  gradient,
  judges,
  pixelAt,
  run,
} from "../testing/index.ts";

const magick = judges.some(({ name }) => name === "ImageMagick");

async function pngOf(width: number, height: number, channels: 3 | 4): Promise<Buffer> {
  return gradient(width, height, channels).open().png().toBuffer();
}

/** How far our reading of a file is from ImageMagick's. */
async function distance(file: Buffer, from: string): Promise<number> {
  const ours = await readImage(file);
  // ImageMagick takes the alpha of a BMP's palette out of memory that nobody wrote to.
  const alpha = ours.hasAlpha ? [] : ["-alpha", "opaque"];
  const theirs = await sharp(convertWithMagick(file, from, ...alpha, "png32:-"))
    .raw()
    .toBuffer();
  const { data, info } = await ours
    .open()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height, channels: 4 as const };
  return deviation({ ...size, data }, { ...size, data: theirs }).largest;
}

describe.skipIf(!magick)("a BMP that ImageMagick writes is read alike:", () => {
  test.each([
    ["24 bits", 3, ["BMP3:-"]],
    ["32 bits with alpha", 4, ["BMP:-"]],
    ["5, 6 and 5 bits", 3, ["-define", "bmp:subtype=RGB565", "BMP:-"]],
    ["1, 5, 5 and 5 bits", 3, ["-define", "bmp:subtype=RGB555", "BMP:-"]],
    ["8 bits in runs", 3, ["-colors", "200", "-type", "Palette", "BMP3:-"]],
    ["8 bits", 3, ["-colors", "200", "-type", "Palette", "-compress", "None", "BMP3:-"]],
    ["4 bits", 3, ["-colors", "12", "-type", "Palette", "BMP3:-"]],
    ["1 bit", 3, ["-monochrome", "BMP3:-"]],
    ["OS/2", 3, ["BMP2:-"]],
  ] as const)("%s", async (_what, channels, conversion) => {
    // Odd widths have rows that are filled up to whole words.
    for (const width of [37, 40]) {
      const file = convertWithMagick(
        await pngOf(width, 21, channels),
        "-",
        ...conversion,
      ) as Buffer;
      expect((await readImage(file)).source).toMatchObject({
        format: "bmp",
        mediaType: "image/bmp",
        width,
        height: 21,
        hasAlpha: channels === 4,
      });
      // ImageMagick rounds samples of five bits down.
      expect(await distance(file, "-")).toBeLessThanOrEqual(8);
    }
  });
});

/** A BMP of 2 × 2 px with rows from the top, of whatever samples follow. */
function topDown(
  bits: number,
  compression: number,
  samples: readonly number[],
  palette: readonly number[] = [],
) {
  const file = Buffer.alloc(54);
  file.write("BM", "latin1");
  file.writeUInt32LE(54 + palette.length, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(2, 18);
  file.writeInt32LE(compression === 0 ? -2 : 2, 22);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  file.writeUInt32LE(palette.length / 4, 46);
  return Buffer.concat([file, Buffer.from(palette), Buffer.from(samples)]);
}

const twoColors = [0, 0, 0, 0, 9, 8, 7, 0];

describe("a BMP", () => {
  test("may begin with its top row", async () => {
    const file = topDown(24, 0, [1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0]);
    const pixels = await (await readImage(file)).pixels();
    expect([...pixels.data]).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10]);
  });

  test("of run lengths may jump, end lines early, and hold values as they are", async () => {
    // A jump to the right, a pixel, end of line, then two values as they are, and the end.
    const jumping = topDown(8, 1, [0, 2, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1], twoColors);
    const pixels = await (await readImage(jumping)).pixels();
    expect([0, 1].flatMap((y) => [0, 1].map((x) => pixelAt(pixels, x, y)[0]))).toEqual([
      7, 0, 0, 7,
    ]);
  });

  test.each([
    ["no width", topDown(24, 0, []).fill(0, 18, 22)],
    ["samples that are missing", topDown(24, 0, [1, 2, 3])],
    ["three bits a pixel", topDown(3, 0, [1, 2, 3])],
    ["a JPEG inside", topDown(24, 4, [1, 2, 3])],
    ["a header of an unknown kind", topDown(24, 0, [1, 2, 3]).fill(9, 14, 15)],
    ["nothing behind its header", topDown(24, 0, []).subarray(0, 40)],
  ])("with %s is refused as damaged, before anything is decoded", async (_what, file) => {
    await expect(readImage(file)).rejects.toMatchObject({ code: "image.corrupt" });
  });

  test("that claims a huge size is refused by the limits", async () => {
    const bomb = topDown(8, 1, [0, 1], twoColors);
    bomb.writeInt32LE(16_000, 18);
    bomb.writeInt32LE(16_000, 22);
    await expect(readImage(bomb)).rejects.toMatchObject({ code: "image.too_many_pixels" });
  });

  test("that is cut or changed anywhere gives pixels or a typed error", async () => {
    const whole = topDown(8, 1, [0, 2, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1], twoColors);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.nat(255),
        fc.nat(whole.length),
        async (at, byte, end) => {
          const file = Buffer.from(whole.subarray(0, end));
          if (at < end) file[at] = byte;
          const outcome = await readImage(file, { maxPixels: 10_000 })
            .then((image) => image.pixels())
            .then(
              ({ data }) => data.length,
              (error: Error) => error.name,
            );
          expect(typeof outcome === "number" || outcome === "TintypeError").toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(!magick)("an ICO that ImageMagick writes is read alike:", () => {
  test("its largest picture", async () => {
    const file = convertWithMagick(
      await pngOf(64, 64, 4),
      "-",
      "-define",
      "icon:auto-resize=48,32,16",
      "ico:-",
    ) as Buffer;
    expect((await readImage(file)).source).toMatchObject({
      format: "ico",
      width: 48,
      height: 48,
      pages: 1,
    });
    expect(await distance(file, "ico:-[0]")).toBe(0);
  });

  test.each([
    ["24 bits and a mask", ["-alpha", "off"]],
    ["a palette and a mask", ["-colors", "8", "-type", "Palette"]],
  ])("of %s", async (_what, conversion) => {
    const file = convertWithMagick(await pngOf(32, 32, 3), "-", ...conversion, "ico:-") as Buffer;
    expect(await distance(file, "ico:-[0]")).toBe(0);
  });
});

test("an ICO without pictures, or with one that lies outside, is damaged", async () => {
  const icon = Buffer.alloc(22);
  icon.writeUInt16LE(1, 2);
  await expect(readImage(icon)).rejects.toMatchObject({ code: "image.corrupt" });
  icon.writeUInt16LE(1, 4);
  icon.writeUInt32LE(4_000, 18);
  await expect(readImage(icon)).rejects.toMatchObject({ code: "image.corrupt" });
});

const heic = await (async () => {
  const folder = await mkdtemp(join(tmpdir(), "heic-"));
  const [png, file] = [join(folder, "a.png"), join(folder, "a.heic")];
  await writeFile(png, await pngOf(70, 50, 3));
  const bytes = encodeHeic(png, file) ? await readFile(file) : undefined;
  await rm(folder, { recursive: true });
  return bytes;
})();

describe.skipIf(!heic)("a HEIC", () => {
  test("is read close to its source, whole or scaled down", async () => {
    const image = await readImage(heic as Buffer);
    expect(image.source).toMatchObject({
      format: "heic",
      mediaType: "image/heic",
      width: 70,
      height: 50,
    });
    expect(deviation(await image.pixels(), await gradient(70, 50).pixels()).mean).toBeLessThan(3);
    expect(await run(await readImage(heic as Buffer), [resize({ width: 7 })])).toMatchObject({
      height: 5,
    });
  });

  test("is held to the limits by its header", async () => {
    await expect(readImage(heic as Buffer, { maxPixels: 3499 })).rejects.toMatchObject({
      code: "image.too_many_pixels",
    });
  });
});
