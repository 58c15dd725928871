import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { contentBox } from "./content-box.ts";
import type { Pixels } from "./image.ts";
import { paint, picture, solid } from "./testing/index.ts";

/** The box of all pixels for which the test holds, found the slow way. */
function boxOf({ width, height }: Pixels, isContent: (index: number) => boolean) {
  const found = Array.from({ length: width * height }, (_, index) => index).filter(isContent);
  if (found.length === 0) return undefined;
  const xs = found.map((index) => index % width);
  const ys = found.map((index) => Math.floor(index / width));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left + 1, height: Math.max(...ys) - top + 1 };
}

const thresholds = fc.integer({ min: 0, max: 254 });

describe("contentBox", () => {
  test("holds every pixel whose alpha is above the threshold, and no empty edge", async () => {
    await fc.assert(
      fc.asyncProperty(
        picture({ channels: fc.constant(4) }),
        thresholds,
        async (image, threshold) => {
          const pixels = await image.pixels();
          fc.pre(pixels.data.some((sample, at) => at % 4 === 3 && sample < 255));
          expect(await contentBox(pixels, { threshold })).toEqual(
            boxOf(pixels, (index) => (pixels.data[index * 4 + 3] as number) > threshold),
          );
        },
      ),
    );
  });

  test("holds every pixel that differs from a named background in any channel", async () => {
    await fc.assert(
      fc.asyncProperty(
        picture({ channels: fc.constant(3) }),
        thresholds,
        async (image, threshold) => {
          const pixels = await image.pixels();
          expect(await contentBox(pixels, { threshold, background: "rgb(10, 128, 250)" })).toEqual(
            boxOf(pixels, (index) =>
              [10, 128, 250].some(
                (sample, channel) =>
                  Math.abs((pixels.data[index * 3 + channel] as number) - sample) > threshold,
              ),
            ),
          );
        },
      ),
    );
  });

  test("takes the color that most corners show for the background", async () => {
    const image = paint(6, 5, 3, (x, y) =>
      x === 0 && y === 0 ? 0 : x === 3 && y === 2 ? 90 : 200,
    );
    expect(await contentBox(await image.pixels(), { threshold: 10 })).toEqual({
      left: 0,
      top: 0,
      width: 4,
      height: 3,
    });
  });

  test("reads a picture with an alpha channel that is opaque everywhere as one without", async () => {
    const image = paint(9, 9, 4, (x, y, channel) =>
      channel === 3 || (x === 4 && y === 6) ? 255 : 20,
    );
    expect(await contentBox(await image.pixels(), { threshold: 10 })).toEqual({
      left: 4,
      top: 6,
      width: 1,
      height: 1,
    });
  });

  test.each([
    ["of one color", solid(7, 5, 1, 2, 3)],
    ["that is fully transparent", solid(7, 5, 255, 255, 255, 0)],
    ["whose alpha is at the threshold", solid(7, 5, 255, 255, 255, 10)],
  ])("finds nothing in a picture %s", async (_what, image) => {
    expect(await contentBox(await image.pixels(), { threshold: 10 })).toBeUndefined();
  });
});
