import { describe, expect, test } from "vitest";

import { imageFromPixels, readPixels } from "./image.ts";
import { sharp, type Sharp } from "./process-settings.ts";
import { readImage } from "./read-image.ts";
import { recipe } from "./recipe.ts";
import { runSteps } from "./run-steps.ts";
import { pad } from "./steps/pad.ts";
import { resize } from "./steps/resize.ts";
import { deviation, fixture, fixturesPresent, pixelAt, run, solid } from "./testing/index.ts";

const flat = (background: string, channels: 3 | 4 = 3): Sharp =>
  sharp({ create: { width: 8, height: 6, channels, background } });

/** Files whose samples are not 8-bit sRGB, and the color that they show. */
const unusual: readonly [string, Sharp, number[]][] = [
  ["gray", flat("#808080").toColourspace("b-w").png(), [128, 128, 128]],
  ["a gray JPEG", flat("#808080").toColourspace("b-w").jpeg({ quality: 100 }), [128, 128, 128]],
  [
    "gray with alpha",
    flat("rgba(128, 128, 128, 0.6)", 4).toColourspace("b-w").png(),
    [128, 128, 128, 153],
  ],
  ["16-bit gray", flat("#808080").toColourspace("grey16").png(), [128, 128, 128]],
  ["16-bit", flat("#30a060").toColourspace("rgb16").png(), [48, 160, 96]],
  [
    "16-bit with a profile",
    flat("#30a060").toColourspace("rgb16").withIccProfile("p3").png(),
    [48, 160, 96],
  ],
  ["CMYK", flat("#a08878").toColourspace("cmyk").jpeg({ quality: 100 }), [160, 136, 120]],
];

describe("an image", () => {
  test.each(unusual)("settles %s to 8-bit sRGB", async (_what, file, color) => {
    const pixels = await (await readImage(await file.toBuffer())).pixels();
    expect(pixels.channels).toBe(color.length);
    expect(pixels.data.length).toBe(8 * 6 * color.length);
    for (const [channel, sample] of pixelAt(pixels, 4, 3).entries()) {
      expect(Math.abs(sample - (color[channel] as number))).toBeLessThanOrEqual(6);
    }
  });

  test.each(unusual)("takes the color that a step names on %s", async (_what, file, color) => {
    const image = await readImage(await file.toBuffer());
    const tomato = [255, 99, 71, ...(color.length === 4 ? [255] : [])];
    const padded = await run(image, [pad({ all: 2, background: "tomato" })]);
    expect(pixelAt(padded, 0, 0)).toEqual(tomato);
    const contained = await run(image, [
      resize({ width: 4, height: 9, fit: "contain", background: "tomato" }),
    ]);
    expect(pixelAt(contained, 0, 0)).toEqual(tomato);
  });

  test("is decoded once, however many ask for its pixels", async () => {
    const image = await readImage(await flat("#123456").png().toBuffer());
    const [first, second] = await Promise.all([image.pixels(), image.pixels()]);
    expect(second).toBe(first);
  });

  test.skipIf(!ArrayBuffer.prototype.transfer)(
    "gives its own pixels back, and none that it was given",
    async () => {
      const bytes = await flat("#123456").png().toBuffer();
      const decoded = await readImage(bytes);
      const resized = (await runSteps(decoded, recipe(resize({ width: 4 })))).image;
      const held = [await decoded.pixels(), await resized.pixels()];
      for (const image of [resized, decoded]) image.release?.();
      await expect.poll(() => held.map(({ data }) => data.length)).toEqual([0, 0]);
      expect((await sharp(bytes).metadata()).width).toBe(8);

      const shared = await (await readImage(bytes)).pixels();
      expect(imageFromPixels(shared)).not.toHaveProperty("release");
    },
  );

  test("opens the same way whether or not its pixels were asked for", async () => {
    const bytes = await flat("#123456").withMetadata({ density: 300 }).png().toBuffer();
    const image = await readImage(bytes);
    const before = await image.open().png().toBuffer();
    await image.pixels();
    expect(await image.open().png().toBuffer()).toEqual(before);
  });

  test("gives a fresh instance at every opening", () => {
    const image = solid(2, 2, 1, 2, 3);
    expect(image.open()).not.toBe(image.open());
  });

  test("reads one and two channels as color", async () => {
    const gray = sharp(Buffer.from([7, 9]), { raw: { width: 2, height: 1, channels: 1 } });
    expect(await readPixels(gray)).toMatchObject({
      channels: 3,
      data: Buffer.from([7, 7, 7, 9, 9, 9]),
    });
    const grayAlpha = sharp(Buffer.from([7, 9]), { raw: { width: 1, height: 1, channels: 2 } });
    expect(await readPixels(grayAlpha)).toMatchObject({
      channels: 4,
      data: Buffer.from([7, 7, 7, 9]),
    });
  });
});

describe.skipIf(!fixturesPresent)("real pictures", () => {
  test("with CMYK samples show the colors of their profile, or of the usual one", async () => {
    for (const name of ["cmyk-profile.jpg", "cmyk-no-profile.jpg"]) {
      const pixels = await (await readImage(fixture(name))).pixels();
      const { data, info } = await sharp(fixture(name))
        .png()
        .toBuffer()
        .then((png) => sharp(png).raw().toBuffer({ resolveWithObject: true }));
      expect(deviation(pixels, { ...info, channels: 3, data }).largest).toBeLessThanOrEqual(1);
    }
  });

  test("with 16-bit gray and alpha keep both", async () => {
    const pixels = await (await readImage(fixture("grey-alpha-16bit.png"))).pixels();
    expect(pixels.channels).toBe(4);
    const places = Array.from({ length: pixels.data.length / 4 }, (_, index) => index * 4);
    expect(places.every((at) => pixels.data[at] === pixels.data[at + 2])).toBe(true);
    expect(new Set(places.map((at) => pixels.data[at + 3])).size).toBeGreaterThan(1);
  });
});
