import { describe, expect, test } from "vitest";

import { paint, pixelAt, run, solid } from "../testing/index.ts";
import { pad } from "./pad.ts";

describe("pad", () => {
  test("adds each side's own space, and the common one elsewhere", async () => {
    const pixels = await run(solid(4, 3, 9, 9, 9), [
      pad({ all: 2, top: 1, right: 5, background: "tomato" }),
    ]);
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([11, 6, 3]);
    expect(pixelAt(pixels, 1, 1)).toEqual([255, 99, 71]);
    expect(pixelAt(pixels, 2, 1)).toEqual([9, 9, 9]);
    expect(pixelAt(pixels, 6, 1)).toEqual([255, 99, 71]);
  });

  test("is transparent unless told otherwise", async () => {
    const pixels = await run(solid(2, 2, 9, 9, 9), [pad({ all: 1 })]);
    expect([pixelAt(pixels, 0, 0), pixelAt(pixels, 1, 1)]).toEqual([
      [0, 0, 0, 0],
      [9, 9, 9, 255],
    ]);
  });

  test.each([
    ["copy", [1, 1, 1, 2, 3, 3, 3]],
    ["repeat", [2, 3, 1, 2, 3, 1, 2]],
    ["mirror", [2, 1, 1, 2, 3, 3, 2]],
  ] as const)("can %s the picture's own edge", async (extend, row) => {
    const image = paint(3, 1, 3, (x) => x + 1);
    const pixels = await run(image, [pad({ left: 2, right: 2, extend })]);
    expect(row.map((_, x) => pixelAt(pixels, x, 0)[0])).toEqual(row);
  });
});
