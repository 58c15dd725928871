import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Pixels } from "../image.ts";
import { readImage } from "../read-image.ts";
import { recipe } from "../recipe.ts";
import { runSteps, type AppliedStep } from "../run-steps.ts";
import {
  fixture,
  fixturesPresent,
  gradient,
  picture,
  pixelAt,
  run,
  solid,
} from "../testing/index.ts";
import { shadow } from "./shadow.ts";

/** Where the original stands on the grown canvas. */
function cornerOf([step]: readonly AppliedStep[]): { left: number; top: number } {
  return step?.report as { left: number; top: number };
}

/** The alpha of every pixel of the outermost ring. */
function ring(pixels: Pixels): number[] {
  const { width, height } = pixels;
  const alphas: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1)) {
      alphas.push(pixelAt(pixels, x, y)[3] as number);
    }
  }
  return alphas;
}

const hard = { blur: 0, offsetX: 0, offsetY: 0, opacity: 1 };

const beside = async (options: object) =>
  pixelAt(
    await run(solid(4, 4, 9, 9, 9, 255), [shadow({ ...hard, offsetX: 6, ...options })]),
    7,
    1,
  );

describe("shadow", () => {
  test("leaves opaque pixels as they are, whatever falls under them", async () => {
    const image = gradient(30, 20);
    const original = await image.pixels();
    const { image: result, steps } = await runSteps(image, recipe(shadow({ color: "tomato" })));
    const pixels = await result.pixels();
    const { left, top } = cornerOf(steps);
    expect([left, top, pixels.width, pixels.height]).toEqual([45, 35, 30 + 90, 20 + 90]);
    for (let y = 0; y < 20; y += 1) {
      for (let x = 0; x < 30; x += 1) {
        expect(pixelAt(pixels, left + x, top + y)).toEqual([...pixelAt(original, x, y), 255]);
      }
    }
  });

  test("lays the picture over its shadow as Porter and Duff say", async () => {
    await fc.assert(
      fc.asyncProperty(
        picture(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (image, opacity) => {
          const original = await image.pixels();
          const result = await run(image, [
            shadow({ ...hard, opacity, color: "rgb(200, 40, 90)" }),
          ]);
          expect([result.width, result.height]).toEqual([original.width, original.height]);
          for (let at = 0; at < original.width * original.height; at += 1) {
            const [x, y] = [at % original.width, Math.floor(at / original.width)];
            const [r = 0, g = 0, b = 0, a = 255] = pixelAt(original, x, y);
            const over = a / 255;
            const under = over * opacity * (1 - over);
            const alpha = over + under;
            const got = pixelAt(result, x, y);
            expect(Math.abs((got[3] as number) - alpha * 255)).toBeLessThanOrEqual(0.51);
            if (got[3] === 0) continue;
            const expected = [
              [r, 200],
              [g, 40],
              [b, 90],
            ].map(([top = 0, below = 0]) => (top * over + below * under) / alpha);
            for (const [channel, sample] of expected.entries()) {
              expect(Math.abs((got[channel] as number) - sample)).toBeLessThanOrEqual(0.51);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test("cuts nothing off: the canvas ends where the shadow does", async () => {
    const offset = fc.integer({ min: -30, max: 30 });
    const given = fc.record({
      offsetX: offset,
      offsetY: offset,
      blur: fc.oneof(fc.constant(0), fc.double({ min: 0.3, max: 12, noNaN: true })),
      spread: fc.integer({ min: 0, max: 8 }),
      opacity: fc.constant(1),
    });
    await fc.assert(
      fc.asyncProperty(given, async (options) => {
        // A transparent frame shows the shadow alone at the outermost ring.
        const pixels = await run(solid(20, 14, 255, 255, 255, 255), [
          { step: "pad", all: 1 },
          shadow(options),
        ]);
        expect(Math.max(...ring(pixels))).toBeLessThanOrEqual(options.blur === 0 ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });

  test("falls where offsets or an angle and a distance say", async () => {
    const image = solid(4, 4, 0, 0, 0, 255);
    const right = await run(image, [shadow({ ...hard, offsetX: 6, color: "tomato" })]);
    expect([right.width, right.height]).toEqual([10, 4]);
    expect(pixelAt(right, 6, 0)).toEqual([255, 99, 71, 255]);
    expect(pixelAt(right, 5, 0)[3]).toBe(0);
    expect(await run(image, [shadow({ ...hard, angle: 0, distance: 6, color: "tomato" })])).toEqual(
      right,
    );
    const up = await run(image, [shadow({ ...hard, angle: -90, distance: 6, color: "tomato" })]);
    expect(pixelAt(up, 0, 0)).toEqual([255, 99, 71, 255]);
    expect(pixelAt(up, 0, 9)).toEqual([0, 0, 0, 255]);
  });

  test("is as dark as its opacity and its color's own alpha make it", async () => {
    expect(await beside({ opacity: 0.4 })).toEqual([0, 0, 0, 102]);
    expect((await beside({ opacity: 0 }))[3]).toBe(0);
    expect((await beside({ color: "#ff000080" }))[3]).toBe(128);
  });

  test("grows by its spread on every side, soft edges too", async () => {
    const image = solid(3, 3, 0, 0, 0, 100);
    const pixels = await run(image, [shadow({ ...hard, spread: 5, color: "#ffffff" })]);
    expect([pixels.width, pixels.height]).toEqual([13, 13]);
    expect(pixelAt(pixels, 0, 0)).toEqual([255, 255, 255, 100]);
  });

  test("takes angle and distance together or not at all", () => {
    expect(() => recipe(shadow({ angle: 3 }))).toThrow(/angle and distance together/u);
  });

  test.skipIf(!fixturesPresent)("grows a real cut-out and leaves it untouched on top", async () => {
    const image = await readImage(fixture("car-1-cutout.png"));
    const original = await image.pixels();
    const { image: result, steps } = await runSteps(image, recipe(shadow({ offsetX: 30 })));
    const pixels = await result.pixels();
    const { left, top } = cornerOf(steps);
    let opaque = 0;
    for (let y = 0; y < original.height; y += 7) {
      for (let x = 0; x < original.width; x += 7) {
        const pixel = pixelAt(original, x, y);
        if (pixel[3] !== 255) continue;
        opaque += 1;
        expect(pixelAt(pixels, left + x, top + y)).toEqual(pixel);
      }
    }
    expect(opaque).toBeGreaterThan(10);
    expect(Math.max(...ring(pixels))).toBeLessThanOrEqual(1);
  });
});
