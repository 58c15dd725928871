import { describe, expect, test } from "vitest";

import type { Image } from "../image.ts";
import type { StepCall } from "../recipe.ts";
import { gradient, paint, pixelAt, run, solid } from "../testing/index.ts";
import { duotone } from "./duotone.ts";
import { median } from "./median.ts";
import { negate } from "./negate.ts";
import { threshold } from "./threshold.ts";
import { tint } from "./tint.ts";

const first = async (image: Image, call: StepCall) => pixelAt(await run(image, [call]), 0, 0);

test("negate turns colors over, leaves alpha, and undoes itself", async () => {
  expect(await first(solid(2, 2, 0, 100, 255, 77), negate())).toEqual([255, 155, 0, 77]);
  const image = gradient(20, 10, 4);
  expect(await run(image, [negate(), negate()])).toEqual(await image.pixels());
});

describe("threshold", () => {
  test("is white from its level on, by luma", async () => {
    expect(await first(solid(1, 1, 128, 128, 128), threshold())).toEqual([255, 255, 255]);
    expect(await first(solid(1, 1, 127, 127, 127), threshold())).toEqual([0, 0, 0]);
    // Green is most of the luma, blue the least.
    expect(await first(solid(1, 1, 0, 255, 0, 9), threshold())).toEqual([255, 255, 255, 9]);
    expect(await first(solid(1, 1, 0, 0, 255), threshold())).toEqual([0, 0, 0]);
  });

  test("can judge each channel alone", async () => {
    const call = threshold({ perChannel: true, level: 50 });
    expect(await first(solid(1, 1, 50, 49, 255), call)).toEqual([255, 0, 255]);
  });
});

test("duotone maps black and white to its colors, and luma to what lies between", async () => {
  const call = duotone({ dark: "#000040", light: "#ffff00" });
  expect(await first(solid(1, 1, 0, 0, 0, 5), call)).toEqual([0, 0, 64, 5]);
  expect(await first(solid(1, 1, 255, 255, 255), call)).toEqual([255, 255, 0]);
  expect(await first(solid(1, 1, 51, 51, 51), call)).toEqual([51, 51, 51]);
});

describe("tint", () => {
  test("gives a gray picture the color's hue, and leaves black, white and alpha", async () => {
    const call = tint({ color: "#ff0000" });
    const [red, green, blue, alpha] = await first(solid(1, 1, 120, 120, 120, 200), call);
    expect(red).toBeGreaterThan(Math.max(green as number, blue as number) + 50);
    expect(alpha).toBe(200);
    expect(await first(solid(1, 1, 120, 120, 120), tint({ color: "gray" }))).toEqual([
      120, 120, 120,
    ]);
  });

  test("of strength 0 changes nothing", async () => {
    const image = gradient(9, 9, 4);
    expect(await run(image, [tint({ color: "red", strength: 0 })])).toEqual(await image.pixels());
  });
});

describe("median", () => {
  test("takes specks away and keeps an edge", async () => {
    const clean = paint(20, 12, 3, (x) => (x < 10 ? 40 : 200));
    const specked = paint(20, 12, 3, (x, y) => (x % 6 === 3 && y === 6 ? 255 : x < 10 ? 40 : 200));
    expect(await run(specked, [median()])).toEqual(await clean.pixels());
  });

  test("runs on a picture smaller than its neighborhood", async () => {
    expect(await first(solid(2, 1, 7, 8, 9), median({ size: 51 }))).toEqual([7, 8, 9]);
  });
});
