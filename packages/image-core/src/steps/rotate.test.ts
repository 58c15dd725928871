import { describe, expect, test } from "vitest";

import { pixelAt, run, solid } from "../testing/index.ts";
import { rotate } from "./rotate.ts";

describe("rotate", () => {
  test("by an angle grows the canvas and fills its corners", async () => {
    const pixels = await run(solid(40, 40, 9, 9, 9), [rotate({ angle: 45, background: "tomato" })]);
    expect([pixels.width, pixels.height]).toEqual([57, 57]);
    expect(pixelAt(pixels, 0, 0)).toEqual([255, 99, 71]);
    expect(pixelAt(pixels, 28, 28)).toEqual([9, 9, 9]);
  });

  test("leaves the corners transparent unless told otherwise", async () => {
    const pixels = await run(solid(40, 40, 9, 9, 9), [rotate({ angle: 30 })]);
    expect([pixelAt(pixels, 0, 0)[3], pixelAt(pixels, 27, 27)]).toEqual([0, [9, 9, 9, 255]]);
  });

  test.each([0, 360, -720])("by %i degrees hands the image on as it is", async (angle) => {
    const image = solid(4, 3, 1, 2, 3);
    expect(await run(image, [rotate({ angle })])).toBe(await image.pixels());
  });
});
