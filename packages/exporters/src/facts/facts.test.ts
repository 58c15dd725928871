import { imageFromPixels, readImage, resize, type Image, type Pixels } from "@tintype/image-core";
import {
  deviation,
  fixture,
  fixturesPresent,
  gradient,
  paint,
  picture,
  run,
  solid,
} from "@tintype/image-core/testing";
import { decode as decodeBlurhash } from "blurhash";
import * as fc from "fast-check";
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from "thumbhash";
import { describe, expect, test } from "vitest";

import { encode } from "../encode.ts";
import { jpeg } from "../formats/jpeg.ts";
import { fitted } from "./fact-picture.ts";
import { builtInFacts, facts, factsSchema, type FactName } from "./facts.ts";
import { hammingDistance } from "./hamming-distance.ts";

const every = builtInFacts.map(({ name }) => name);

/** One fact of a picture. */
async function fact<Name extends FactName>(name: Name, image: Image) {
  return (await facts(image, [name]))[name];
}

describe("facts", () => {
  test("tells those that are wanted, in their own order, and none without being asked", async () => {
    const image = gradient(20, 10);
    expect(Object.keys(await facts(image, every.toReversed()))).toEqual(every);
    expect(Object.keys(await facts(image, ["sharpness", "lqip", "lqip"]))).toEqual([
      "lqip",
      "sharpness",
    ]);
    const unread = { ...image, pixels: () => Promise.reject(new Error("was decoded")) };
    expect(await facts(unread, [])).toEqual({});
  });

  test("are plain data that fits their schema, the same each time, for any picture", async () => {
    await fc.assert(
      fc.asyncProperty(picture(), async (image) => {
        const told = await facts(image, every);
        expect(factsSchema.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
        expect(await facts(image, every)).toEqual(told);
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    [1, 1],
    [1, 300],
    [4000, 1],
  ])("are told of a picture of %i × %i px, transparent too", async (width, height) => {
    const seen = await facts(solid(width, height, 200, 30, 30), every);
    expect(seen).toMatchObject({ dominantColor: "#c81e1e", isOpaque: true, sharpness: 0 });
    const unseen = await facts(solid(width, height, 200, 30, 30, 0), every);
    expect(unseen).toMatchObject({ dominantColor: null, palette: [], isOpaque: false });
  });

  test("don't depend on whether the picture was decoded before", async () => {
    const { data } = await encode(gradient(900, 700), jpeg());
    const image = await readImage(data);
    const decoded = imageFromPixels(await (await readImage(data)).pixels());
    expect(await facts(image, every)).toEqual(await facts(decoded, every));
  });

  test("refuse what is no fact, and name what can't be decoded", async () => {
    await expect(facts(gradient(2, 2), ["mood" as FactName])).rejects.toMatchObject({
      kind: "invalid_input",
      code: "fact.invalid",
    });
    const { data } = await encode(gradient(300, 300), jpeg());
    const cut = await readImage(data.subarray(0, data.length / 2));
    await expect(facts(cut, ["isOpaque"])).rejects.toMatchObject({ code: "image.corrupt" });
  });
});

describe("a blurhash", () => {
  test("decodes to about the picture", async () => {
    const image = gradient(96, 64);
    const data = Buffer.from(decodeBlurhash(await fact("blurhash", image), 96, 64));
    const blurred = { data, width: 96, height: 64, channels: 4 } as const;
    const reduced = await fitted(await image.pixels(), 100);
    expect(deviation(blurred, reduced).mean).toBeLessThan(20);
    const other = await fitted(await solid(96, 64, 0, 255, 255).pixels(), 100);
    expect(deviation(blurred, other).mean).toBeGreaterThan(40);
  });

  test("describes more waves along the longer side, never more than samples", async () => {
    // The first character counts them: (across - 1) + (down - 1) × 9, in base 83.
    for (const [width, height, first] of [
      [80, 80, "U"],
      [80, 40, "C"],
      [1, 1, "0"],
    ] as const) {
      expect((await fact("blurhash", gradient(width, height)))[0]).toBe(first);
    }
  });
});

describe("a thumbhash", () => {
  test.each([
    [160, 80],
    [60, 90],
  ])("knows the shape of %i × %i px and the average color", async (width, height) => {
    const hash = Buffer.from(await fact("thumbhash", solid(width, height, 200, 120, 40)), "base64");
    expect(thumbHashToApproximateAspectRatio(hash)).toBeCloseTo(width / height, 0);
    const { r, g, b, a } = thumbHashToAverageRGBA(hash);
    for (const [found, wanted] of [
      [r, 200],
      [g, 120],
      [b, 40],
      [a, 255],
    ] as const) {
      expect(Math.abs(found * 255 - wanted)).toBeLessThan(10);
    }
  });

  test("knows transparency", async () => {
    const half = paint(40, 40, 4, (x, _y, channel) => (channel < 3 ? 90 : x < 20 ? 0 : 255));
    const { a } = thumbHashToAverageRGBA(Buffer.from(await fact("thumbhash", half), "base64"));
    expect(a).toBeCloseTo(0.5, 1);
  });
});

describe("a placeholder as a data URL", () => {
  test("is a WebP that looks like the picture", async () => {
    const image = gradient(200, 100);
    const [, base64 = ""] = (await fact("lqip", image)).split("data:image/webp;base64,");
    const small = await readImage(Buffer.from(base64, "base64"));
    expect(small.source).toMatchObject({ format: "webp", width: 20, height: 10 });
    const resized = await run(image, [resize({ width: 20 })]);
    expect(deviation(await small.pixels(), resized).mean).toBeLessThan(16);
  });

  test("is short, even of noise", async () => {
    await fc.assert(
      fc.asyncProperty(picture({ maxSide: 64 }), async (image) => {
        expect((await fact("lqip", image)).length).toBeLessThanOrEqual(400);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a palette", () => {
  /** Three quarters red, one quarter blue. */
  const flag = paint(80, 40, 3, (x, _y, channel) => (channel === (x < 60 ? 0 : 2) ? 220 : 20));

  test("holds the colors with their shares, the largest first", async () => {
    const { palette, dominantColor } = await facts(flag, ["palette", "dominantColor"]);
    expect(palette.map(({ color }) => color)).toEqual(["#dc1414", "#1414dc"]);
    expect(palette[0]?.share).toBeCloseTo(0.75, 2);
    expect(dominantColor).toBe("#dc1414");
  });

  test("counts what is transparent for nothing", async () => {
    const { data } = await flag.pixels();
    const cut = paint(80, 40, 4, (x, y, channel) =>
      channel < 3 ? (data[(y * 80 + x) * 3 + channel] as number) : x < 60 ? 0 : 255,
    );
    expect(await fact("palette", cut)).toEqual([{ color: "#1414dc", share: 1 }]);
  });

  test("has at most six colors, whose shares are the whole", async () => {
    const palette = await fact("palette", gradient(90, 90));
    expect(palette).toHaveLength(6);
    expect(palette.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 2);
  });
});

describe("isOpaque", () => {
  test("sees a single pixel that is not, however large the picture", async () => {
    for (const alpha of [254, 255]) {
      const image = paint(700, 500, 4, (x, y, channel) =>
        channel === 3 && x === 699 && y === 499 ? alpha : 255,
      );
      expect(await fact("isOpaque", image)).toBe(alpha === 255);
    }
  });
});

describe("sharpness", () => {
  test("falls with every blur", async () => {
    const checks = paint(256, 256, 3, (x, y) => (((x >> 4) + (y >> 4)) % 2 ? 230 : 30));
    const blurred = async (sigma: number) =>
      fact("sharpness", imageFromPixels(await run(checks, [{ step: "blur", sigma }])));
    const [sharp, soft, softer] = [
      await fact("sharpness", checks),
      await blurred(1),
      await blurred(4),
    ];
    expect(sharp).toBeGreaterThan(soft * 2);
    expect(soft).toBeGreaterThan(softer * 2);
  });

  test("is the variance of the Laplacian: of one white pixel on 3 × 3 black, none; on 5 × 3, by hand", async () => {
    // Edges of -1020, 255 and 0: their mean is -255, so the variance is (1040400 + 65025) / 3 - 65025.
    for (const [width, sharpness] of [
      [3, 0],
      [5, 303_450],
    ] as const) {
      const dot = paint(width, 3, 3, (x, y) => (x === 1 && y === 1 ? 255 : 0));
      expect(await fact("sharpness", dot)).toBeCloseTo(sharpness, 0);
    }
  });
});

describe("a perceptual hash", () => {
  test("counts the bits that differ", () => {
    expect(hammingDistance("0000000000000000", "ffffffffffffffff")).toBe(64);
    expect(hammingDistance("8000000000000001", "8000000000000010")).toBe(2);
    expect(() => hammingDistance("0", "1")).toThrow("16 hexadecimal digits");
  });

  test("of an even picture is its constant part alone", async () => {
    expect(await fact("perceptualHash", solid(50, 40, 90, 120, 30))).toBe("8000000000000000");
  });

  const files = ["car-1.jpg", "car-2.jpg", "animal-1.jpg", "photo-2725x2225.jpg", "photo.avif"];

  test.skipIf(!fixturesPresent)("stays for a copy, and is far from other pictures", async () => {
    const images = await Promise.all(files.map(async (name) => readImage(fixture(name))));
    const hashes = await Promise.all(images.map((image) => fact("perceptualHash", image)));
    for (const [index, image] of images.entries()) {
      const hash = hashes[index] ?? "";
      const small: Pixels = await run(image, [resize({ width: 300 })]);
      const copy = await readImage(
        (await encode(imageFromPixels(small), jpeg({ quality: 40 }))).data,
      );
      expect(hammingDistance(await fact("perceptualHash", copy), hash)).toBeLessThanOrEqual(8);
      for (const other of hashes.slice(index + 1)) {
        expect(hammingDistance(hash, other)).toBeGreaterThan(20);
      }
    }
  });
});
