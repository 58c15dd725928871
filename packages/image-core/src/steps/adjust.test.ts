import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { deviation, gradient, paint, picture, pixelAt, run } from "../testing/index.ts";
import { adjust } from "./adjust.ts";
import { grayscale } from "./grayscale.ts";

/** All 256 grays in a row. */
const ramp = paint(256, 1, 3, (x) => x);

const alphas = ({ data }: { data: Buffer }) => data.filter((_, at) => at % 4 === 3);

const sum = (data: Buffer) => data.reduce((total, sample) => total + sample, 0);

describe("adjust", () => {
  test("without options changes nothing, and hands the image on as it is", async () => {
    const image = gradient(9, 9);
    expect(await run(image, [adjust()])).toBe(await image.pixels());
  });

  test("never changes alpha", async () => {
    const all = {
      brightness: 1.3,
      contrast: 1.4,
      saturation: 0.5,
      hue: 90,
      lightness: 5,
      gamma: 2,
    };
    await fc.assert(
      fc.asyncProperty(picture({ channels: fc.constant(4) }), async (image) => {
        expect(alphas(await run(image, [adjust(all)]))).toEqual(alphas(await image.pixels()));
      }),
      { numRuns: 30 },
    );
  });

  test.each([-360, 360])("by %i degrees of hue is nothing, to within rounding", async (hue) => {
    const image = gradient(40, 40);
    expect(
      deviation(await run(image, [adjust({ hue })]), await image.pixels()).largest,
    ).toBeLessThanOrEqual(2);
  });

  test("turns the hue the way of the color wheel", async () => {
    const [r = 0, g = 0, b = 0] = pixelAt(
      await run(
        paint(1, 1, 3, (_x, _y, c) => [200, 60, 60][c] ?? 0),
        [adjust({ hue: 120 })],
      ),
      0,
      0,
    );
    expect(g).toBeGreaterThan(r);
    expect(g).toBeGreaterThan(b);
  });

  test("contrast is a line through middle gray, cut at black and white", async () => {
    const pixels = await run(ramp, [adjust({ contrast: 2 })]);
    for (let x = 0; x < 256; x += 1) {
      const expected = Math.min(255, Math.max(0, (x - 127.5) * 2 + 127.5));
      expect(Math.abs((pixelAt(pixels, x, 0)[0] as number) - expected)).toBeLessThanOrEqual(0.5);
    }
    expect(new Set((await run(ramp, [adjust({ contrast: 0 })])).data)).toEqual(new Set([128]));
  });

  test.each([0.5, 2.2])("gamma %d bends the middle and leaves black and white", async (gamma) => {
    const pixels = await run(ramp, [adjust({ gamma })]);
    for (let x = 0; x < 256; x += 1) {
      const expected = 255 * (x / 255) ** (1 / gamma);
      expect(Math.abs((pixelAt(pixels, x, 0)[0] as number) - expected)).toBeLessThanOrEqual(0.5);
    }
  });

  test("brightness and lightness change grays in one direction", async () => {
    const of = async (options: object) => (await run(ramp, [adjust(options)])).data;
    const plain = sum((await ramp.pixels()).data);
    expect(sum(await of({ brightness: 1.5 }))).toBeGreaterThan(plain);
    expect(sum(await of({ lightness: -10 }))).toBeLessThan(plain);
    expect(sum(await of({ brightness: 0 }))).toBe(0);
  });

  test("no saturation is gray", async () => {
    const { data } = await run(gradient(20, 20), [adjust({ saturation: 0 })]);
    for (let at = 0; at < data.length; at += 3) {
      expect(
        Math.max(...data.subarray(at, at + 3)) - Math.min(...data.subarray(at, at + 3)),
      ).toBeLessThanOrEqual(1);
    }
  });
});

describe("grayscale", () => {
  test("weighs the channels as CSS does, and keeps alpha", async () => {
    await fc.assert(
      fc.asyncProperty(picture(), async (image) => {
        const before = await image.pixels();
        const after = await run(image, [grayscale()]);
        expect(after.channels).toBe(before.channels);
        for (let at = 0; at < before.width * before.height; at += 1) {
          const [r = 0, g = 0, b = 0, a] = pixelAt(
            before,
            at % before.width,
            Math.floor(at / before.width),
          );
          const [gray = 0, ...rest] = pixelAt(
            after,
            at % before.width,
            Math.floor(at / before.width),
          );
          expect(Math.abs(gray - (0.2126 * r + 0.7152 * g + 0.0722 * b))).toBeLessThanOrEqual(1);
          expect(rest).toEqual([gray, gray, ...(a === undefined ? [] : [a])]);
        }
      }),
      { numRuns: 30 },
    );
  });
});
