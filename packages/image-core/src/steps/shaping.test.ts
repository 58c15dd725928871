import { describe, expect, test } from "vitest";

import type { Image } from "../image.ts";
import { gradient, paint, pixelAt, run, solid } from "../testing/index.ts";
import { background } from "./background.ts";
import { border } from "./border.ts";
import { dpr } from "./dpr.ts";
import { mask } from "./mask.ts";
import { reflection } from "./reflection.ts";
import { resize } from "./resize.ts";
import { roundCorners } from "./round-corners.ts";

const cutOut = paint(10, 10, 4, (x, _y, channel) => (channel === 3 ? (x < 5 ? 255 : 0) : 50));
const from = (image: Image) => ({ load: async () => image });

describe("border", () => {
  test("grows the canvas, or paints the edge over", async () => {
    const image = solid(10, 6, 200, 200, 200);
    const outside = await run(image, [border({ width: 2, color: "#102030" })]);
    expect([outside.width, outside.height, outside.channels]).toEqual([14, 10, 3]);
    expect(pixelAt(outside, 1, 5)).toEqual([16, 32, 48]);
    expect(pixelAt(outside, 2, 2)).toEqual([200, 200, 200]);
    const inside = await run(image, [
      border({ width: 2, color: "rgba(0, 0, 0, 0.5)", position: "inside" }),
    ]);
    expect([inside.width, inside.height]).toEqual([10, 6]);
    expect(pixelAt(inside, 0, 0)).toEqual([100, 100, 100]);
    expect(pixelAt(inside, 2, 2)).toEqual([200, 200, 200]);
  });
});

describe("round-corners", () => {
  test("makes a circle of a square: its area is that of a circle", async () => {
    const { data } = await run(solid(100, 100, 1, 2, 3), [roundCorners({ percent: 50 })]);
    const covered = data.filter((_, at) => at % 4 === 3).reduce((sum, alpha) => sum + alpha, 0);
    expect(Math.abs(covered / 255 - Math.PI * 50 ** 2)).toBeLessThan(10);
  });

  test("leaves the corners that are not wanted, and no corner is larger than half the picture", async () => {
    const pixels = await run(solid(20, 10, 1, 2, 3), [
      roundCorners({ radius: 999, topLeft: false }),
    ]);
    const alphas = [
      [0, 0],
      [19, 0],
      [19, 9],
      [0, 9],
      [10, 5],
      [10, 0],
    ].map(([x, y]) => pixelAt(pixels, x as number, y as number)[3]);
    expect(alphas).toEqual([255, 0, 0, 0, 255, 255]);
  });
});

describe("mask", () => {
  const halves = paint(4, 4, 4, (x, _y, channel) => (channel === 3 ? 255 : x < 2 ? 255 : 0));

  test("keeps where it is white, at the picture's size, on top of the picture's own alpha", async () => {
    const pixels = await run(solid(40, 20, 9, 9, 9, 100), [mask({ image: "m" })], from(halves));
    expect([pixelAt(pixels, 2, 10), pixelAt(pixels, 37, 10)]).toEqual([
      [9, 9, 9, 100],
      [9, 9, 9, 0],
    ]);
  });

  test("can go by alpha, and the other way round", async () => {
    const pixels = await run(
      solid(10, 10, 9, 9, 9),
      [mask({ image: "m", from: "alpha", invert: true })],
      from(cutOut),
    );
    expect([pixelAt(pixels, 0, 5)[3], pixelAt(pixels, 9, 5)[3]]).toEqual([0, 255]);
  });
});

describe("background", () => {
  test("fills what is transparent with a color, and is opaque then", async () => {
    const pixels = await run(cutOut, [background({ color: "#ff0000" })]);
    expect(pixels.channels).toBe(3);
    expect([pixelAt(pixels, 0, 0), pixelAt(pixels, 9, 0)]).toEqual([
      [50, 50, 50],
      [255, 0, 0],
    ]);
  });

  test.each([
    [
      180,
      [
        [5, 0],
        [5, 9],
      ],
    ],
    [
      0,
      [
        [5, 9],
        [5, 0],
      ],
    ],
    [
      90,
      [
        [0, 5],
        [9, 5],
      ],
    ],
    [
      -45,
      [
        [9, 9],
        [0, 0],
      ],
    ],
  ] as const)("draws a gradient that goes %i degrees, as CSS does", async (angle, [start, end]) => {
    const stops = [
      { color: "#000000", at: 0 },
      { color: "#ffffff", at: 1 },
    ];
    const pixels = await run(solid(10, 10, 0, 0, 0, 0), [
      background({ gradient: { angle, stops } }),
    ]);
    expect(pixelAt(pixels, start[0], start[1])[0]).toBeLessThan(14);
    expect(pixelAt(pixels, end[0], end[1])[0]).toBeGreaterThan(241);
  });

  test("changes color at once where two stops share a place, and mixes premultiplied", async () => {
    const stops = [
      { color: "#ff0000", at: 0.5 },
      { color: "#0000ff", at: 0.5 },
      { color: "#00ff0000", at: 1 },
    ];
    const gradientOf = { angle: 90, stops };
    const pixels = await run(solid(20, 1, 0, 0, 0, 0), [background({ gradient: gradientOf })]);
    expect(pixelAt(pixels, 9, 0)).toEqual([255, 0, 0, 255]);
    const [red, green, blue, alpha] = pixelAt(pixels, 18, 0);
    // The transparent green lends no color.
    expect([red, green, blue]).toEqual([0, 0, 255]);
    expect(alpha).toBeLessThan(50);
  });

  test("covers with another picture, and leaves an opaque one alone", async () => {
    const other = from(paint(40, 10, 3, (x) => (x < 10 || x >= 30 ? 0 : 240)));
    const behind = await run(solid(10, 10, 0, 0, 0, 0), [background({ image: "b" })], other);
    expect(pixelAt(behind, 5, 5)).toEqual([240, 240, 240]);
    const image = gradient(5, 5);
    expect(await run(image, [background({ color: "red" })])).toBe(await image.pixels());
  });

  test("refuses stops that are out of order", () => {
    const stops = [
      { color: "red", at: 1 },
      { color: "blue", at: 0 },
    ];
    expect(background.options.safeParse({ gradient: { stops } }).success).toBe(false);
  });
});

test("reflection mirrors the lowest rows, fading", async () => {
  const image = paint(3, 10, 3, (_x, y) => y * 20);
  const pixels = await run(image, [reflection({ height: 0.5, opacity: 1, gap: 2 })]);
  expect([pixels.height, pixels.channels]).toEqual([17, 4]);
  expect(pixelAt(pixels, 1, 11)[3]).toBe(0);
  expect(pixelAt(pixels, 1, 12)).toEqual([180, 180, 180, Math.round(255 * 0.9)]);
  expect(pixelAt(pixels, 1, 16)).toEqual([100, 100, 100, Math.round(255 * (1 - 4.5 / 5))]);
});

describe("dpr", () => {
  test("scales both sides by its factor", async () => {
    expect(await run(gradient(31, 20), [dpr({ factor: 2 })])).toMatchObject({
      width: 62,
      height: 40,
    });
  });

  test("of resize multiplies the box, and scales once", async () => {
    const image = gradient(400, 300);
    expect(await run(image, [resize({ width: 50, height: 50, fit: "cover", dpr: 2 })])).toEqual(
      await run(image, [resize({ width: 100, height: 100, fit: "cover" })]),
    );
  });
});
