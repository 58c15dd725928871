import { describe, expect, test } from "vitest";

import type { Image } from "../image.ts";
import { recipe } from "../recipe.ts";
import { gradient, paint, pixelAt, run, solid } from "../testing/index.ts";
import { resize } from "./resize.ts";

/** A picture of eleven columns: column x has the samples 20 × x. */
const columns = paint(110, 20, 3, (x) => 20 * Math.floor(x / 10));

const kept = async (gravity: "west" | "east") =>
  run(columns, [resize({ width: 20, height: 20, fit: "cover", gravity })]);

async function size(image: Image, options: Parameters<typeof resize>[0]) {
  const { width, height } = await run(image, [resize(options)]);
  return [width, height];
}

describe("resize", () => {
  test.each([
    ["keeps the point in focus in the middle", { x: 0.5, y: 0.5 }, 100],
    ["follows a focus to the side", { x: 0.25, y: 0.5 }, 40],
    ["stops at the left edge", { x: 0, y: 1 }, 20],
    ["stops at the right edge", { x: 1, y: 0 }, 180],
  ])("cover %s", async (_what, focus, sample) => {
    const pixels = await run(columns, [resize({ width: 20, height: 20, fit: "cover", focus })]);
    expect([pixels.width, pixels.height]).toEqual([20, 20]);
    expect(Math.abs((pixelAt(pixels, 10, 9)[0] as number) - sample)).toBeLessThanOrEqual(20);
  });

  test("cover keeps the part that gravity names", async () => {
    expect(pixelAt(await kept("west"), 0, 0)).toEqual([0, 0, 0]);
    expect(pixelAt(await kept("east"), 19, 0)).toEqual([200, 200, 200]);
  });

  test("contain pads with its background, the picture where gravity says", async () => {
    const given = { width: 9, height: 20, fit: "contain", background: "tomato" } as const;
    const image = solid(18, 20, 9, 9, 9);
    const middle = await run(image, [resize(given)]);
    expect([middle.width, middle.height, middle.channels]).toEqual([9, 20, 3]);
    expect([4, 5, 14, 15].map((y) => pixelAt(middle, 4, y)[0])).toEqual([255, 9, 9, 255]);
    const top = await run(image, [resize({ ...given, gravity: "north" })]);
    expect([0, 9, 10].map((y) => pixelAt(top, 4, y)[0])).toEqual([9, 9, 255]);
  });

  test("contain pads with transparency unless told otherwise", async () => {
    const pixels = await run(solid(20, 10, 9, 9, 9), [
      resize({ width: 10, height: 10, fit: "contain" }),
    ]);
    expect([pixelAt(pixels, 0, 0), pixelAt(pixels, 5, 5)]).toEqual([
      [0, 0, 0, 0],
      [9, 9, 9, 255],
    ]);
  });

  test("fill stretches, inside and outside do not", async () => {
    expect(await size(gradient(40, 20), { width: 10, height: 10, fit: "fill" })).toEqual([10, 10]);
    expect(await size(gradient(40, 20), { width: 10, height: 10, fit: "inside" })).toEqual([10, 5]);
    expect(await size(gradient(40, 20), { width: 10, height: 10, fit: "outside" })).toEqual([
      20, 10,
    ]);
  });

  test("does not enlarge unless asked", async () => {
    expect(await size(gradient(4, 3), { width: 8 })).toEqual([4, 3]);
    expect(await size(gradient(4, 3), { width: 8, enlarge: true })).toEqual([8, 6]);
  });

  test("weighs color by alpha: what is transparent does not shine through", async () => {
    const image = paint(40, 40, 4, (x, _y, channel) =>
      channel === 0 ? (x < 20 ? 255 : 0) : channel === 3 ? (x < 20 ? 0 : 255) : 0,
    );
    const pixels = await run(image, [resize({ width: 7 })]);
    const row = Array.from({ length: 7 }, (_, x) => pixelAt(pixels, x, 3));
    const seen = row.filter(([, , , alpha]) => alpha !== 0);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.map(([red]) => red)).toEqual(seen.map(() => 0));
  });

  test("nearest makes no new colors", async () => {
    const image = paint(16, 16, 3, (x, y) => ((x + y) % 2) * 255);
    const { data } = await run(image, [resize({ width: 11, kernel: "nearest" })]);
    expect([...new Set(data)].toSorted((a, b) => a - b)).toEqual([0, 255]);
  });

  test("wants a width, a height or both", () => {
    expect(() => recipe(resize({ fit: "cover" }))).toThrow(/give a width, a height or both/u);
  });
});
