import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";

import { imageFromPixels, readPixels, sharp, type Pixels } from "@tintype/image-core";
import { fixture, fixturesPresent, gradient } from "@tintype/image-core/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { encode } from "../encode.ts";
import { png } from "../formats/png.ts";
import { chooseCompression, type Compression } from "./choose-compression.ts";
import { filterRows } from "./filter-rows.ts";
import { writePng } from "./write-png.ts";

const anyPixels = fc
  .record({
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 40 }),
    channels: fc.constantFrom<3 | 4>(3, 4),
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
    smooth: fc.boolean(),
  })
  .map(({ width, height, channels, seed, smooth }): Pixels => {
    let state = seed;
    const data = Buffer.from(
      Array.from({ length: width * height * channels }, (_, index) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return smooth ? (index * 3 + (state >>> 30)) & 255 : state >>> 24;
      }),
    );
    return { data, width, height, channels };
  });

const compression = fc.constantFrom<Compression>(
  { filter: "paeth", level: "rle" },
  { filter: "paeth", level: 4 },
  { filter: "average", level: "rle" },
  { filter: "none", level: 9 },
  { filter: "none", level: 0 },
);

/** Rows filtered as the standard writes it, a byte at a time. */
function reference({ data, width, height, channels }: Pixels, filter: "average" | "paeth"): Buffer {
  const stride = width * channels;
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (data[y * stride + x] as number));
  const rows = Array.from({ length: height }, (_, y) => [
    filter === "average" ? 3 : 4,
    ...Array.from({ length: stride }, (__, x) => {
      const [a, b, c] = [
        at(x - channels, y),
        at(x, y - 1),
        x < channels ? 0 : at(x - channels, y - 1),
      ];
      const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      const nearest = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      const predicted = filter === "average" ? Math.floor((a + b) / 2) : nearest;
      return (at(x, y) - predicted) & 255;
    }),
  ]);
  return Buffer.from(rows.flat());
}

describe("filterRows", () => {
  test.each(["average", "paeth"] as const)("filters by %s as the standard writes it", (filter) => {
    fc.assert(
      fc.property(anyPixels, (pixels) => {
        const filtered = filterRows(pixels, filter, 0, pixels.height);
        expect(filtered.equals(reference(pixels, filter))).toBe(true);
      }),
    );
  });

  test("gives the same rows in strips as in one piece", () => {
    fc.assert(
      fc.property(anyPixels, fc.integer({ min: 1, max: 39 }), (pixels, cut) => {
        const at = Math.min(cut, pixels.height);
        const strips = [
          filterRows(pixels, "paeth", 0, at),
          filterRows(pixels, "paeth", at, pixels.height),
        ];
        expect(Buffer.concat(strips).equals(reference(pixels, "paeth"))).toBe(true);
      }),
    );
  });
});

describe("writePng", () => {
  test("loses nothing, by libpng's reading", async () => {
    await fc.assert(
      fc.asyncProperty(anyPixels, compression, async (pixels, how) => {
        const file = await writePng(pixels, how);
        const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
        expect(info).toMatchObject({
          width: pixels.width,
          height: pixels.height,
          channels: pixels.channels,
        });
        expect(data.equals(pixels.data)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("joins many strips into one valid stream", async () => {
    const pixels = await gradient(2000, 1500).pixels();
    const file = await writePng(pixels, { filter: "paeth", level: "rle" });
    expect((await sharp(file).raw().toBuffer()).equals(pixels.data)).toBe(true);
  });

  test.skipIf(spawnSync("/usr/bin/python3", ["-c", "import PIL"]).status !== 0)(
    "is read by Pillow, which checks every chunk's sum",
    async () => {
      const pixels = await gradient(700, 900).pixels();
      const file = await writePng(pixels, { filter: "paeth", level: "rle" });
      const script =
        "import io,sys,hashlib;from PIL import Image;i=Image.open(io.BytesIO(sys.stdin.buffer.read()));i.load();print(i.size,hashlib.md5(i.convert('RGB').tobytes()).hexdigest())";
      const { stdout } = spawnSync("/usr/bin/python3", ["-c", script], { input: file });
      const rgb = await sharp(pixels.data, { raw: pixels }).removeAlpha().raw().toBuffer();
      expect(stdout.toString().trim()).toBe(
        `(700, 900) ${createHash("md5").update(rgb).digest("hex")}`,
      );
    },
  );
});

describe("chooseCompression", () => {
  /** Rectangles and circles of one color each, with soft edges. */
  const shapes = Array.from(
    { length: 40 },
    (_, at) =>
      `<rect x="${(at * 137) % 700}" y="${(at * 71) % 500}" width="${30 + at * 3}" height="${20 + at}" rx="6" fill="hsl(${at * 31} 60% 50%)"/><circle cx="${(at * 89) % 800}" cy="${(at * 43) % 600}" r="${5 + at}" fill="hsl(${at * 77} 50% 60%)"/>`,
  );
  const drawing = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="#fff"/>${shapes.join("")}</svg>`,
  );

  test("writes flat art smaller than libpng does at its best", async () => {
    const flat = imageFromPixels(await readPixels(sharp(drawing)));
    const { data } = await encode(flat, png({ compressionLevel: 9 }));
    const libpng = await Promise.all(
      [false, true].map((adaptiveFiltering) =>
        flat.open().png({ compressionLevel: 9, adaptiveFiltering }).toBuffer(),
      ),
    );
    expect(data.length).toBeLessThan(1.1 * Math.min(...libpng.map(({ length }) => length)));
  });

  test("stores where the compression level is 0", async () => {
    const chosen = await chooseCompression(await gradient(90, 60).pixels(), {
      compressionLevel: 0,
      profile: "small",
    });
    expect(chosen.level).toBe(0);
  });

  test.skipIf(!fixturesPresent)(
    "takes run lengths for a photograph, and is about as small as libpng",
    async () => {
      const pixels = await sharp(fixture("photo-2725x2225.jpg"))
        .resize(1200, 900, { fit: "cover" })
        .raw()
        .toBuffer();
      const image = imageFromPixels({ data: pixels, width: 1200, height: 900, channels: 3 });
      expect(
        await chooseCompression(await image.pixels(), { compressionLevel: 9, profile: "balanced" }),
      ).toEqual({
        filter: "paeth",
        level: "rle",
      });
      const { data } = await encode(image, png({ compressionLevel: 9 }));
      const libpng = await image
        .open()
        .png({ compressionLevel: 3, adaptiveFiltering: true })
        .toBuffer();
      expect(data.length).toBeLessThan(1.03 * libpng.length);
    },
  );
});

test("a small picture doesn't wait for all of large ones", async () => {
  const sides = [2400, 2400, 20];
  const pictures = await Promise.all(sides.map((side) => gradient(side, side).pixels()));
  const ended: number[] = [];
  const write = async (pixels: Pixels) => {
    await writePng(pixels, { filter: "none", level: 9 });
    ended.push(pixels.width);
  };
  await Promise.all(pictures.map(write));
  expect(ended).toEqual([20, 2400, 2400]);
});
