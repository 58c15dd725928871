import { describe, expect, test } from "vitest";

import { imageFromFrames, type Image } from "../image.ts";
import { recipe } from "../recipe.ts";
import { runSteps } from "../run-steps.ts";
import { paint, solid } from "../testing/index.ts";
import { smartCrop } from "./smart-crop.ts";

/** Gray, with a checkered patch of 30 px that begins at `left`. */
const patchAt = (left: number) =>
  paint(160, 40, 3, (x, y) =>
    x >= left && x < left + 30 && y > 4 && y < 36 ? (((x >> 1) + (y >> 1)) % 2 ? 235 : 20) : 120,
  );

async function keptBox(image: Image, options: Parameters<typeof smartCrop>[0]) {
  const { steps } = await runSteps(image, recipe(smartCrop(options)));
  return steps[0]?.report?.["box"] as { left: number; top: number; width: number; height: number };
}

describe.each(["attention", "entropy"] as const)("smart-crop by %s", (strategy) => {
  test.each([0, 20, 65, 110, 130])("keeps the detail that begins at %i", async (left) => {
    const box = await keptBox(patchAt(left), { aspectRatio: 1, strategy });
    expect(box).toMatchObject({ top: 0, width: 40, height: 40 });
    expect(box.left).toBeLessThanOrEqual(left);
    expect(box.left + box.width).toBeGreaterThanOrEqual(left + 30);
  });

  test("keeps the middle of an even picture", async () => {
    expect(await keptBox(solid(100, 40, 9, 9, 9), { aspectRatio: 1, strategy })).toMatchObject({
      left: 30,
    });
  });
});

test("smart-crop by alpha centers on what is opaque, whatever its color", async () => {
  const image = paint(120, 40, 4, (x, y, channel) =>
    channel === 3 ? (x >= 70 && x < 90 ? 255 : 0) : (x * 31 + y * 17) % 256,
  );
  expect(await keptBox(image, { aspectRatio: 1, strategy: "alpha" })).toMatchObject({
    left: 60,
    width: 40,
  });
});

test("smart-crop by focal keeps its point in the middle, as far as the picture reaches", async () => {
  const image = solid(100, 40, 9, 9, 9);
  const square = { width: 20, height: 20, strategy: "focal" } as const;
  const at = (x: number) => keptBox(image, { ...square, focus: { x, y: 0.5 } });
  expect(await at(0.5)).toEqual({ left: 30, top: 0, width: 40, height: 40 });
  expect(await at(0.7)).toMatchObject({ left: 50 });
  expect(await at(1)).toMatchObject({ left: 60 });
});

test("smart-crop takes the same part of every frame of an animation", async () => {
  const timing = { delays: [50, 50], loop: 0 };
  const animation = imageFromFrames([solid(160, 40, 120, 120, 120), patchAt(110)], timing);
  const { image } = await runSteps(animation, recipe(smartCrop({ aspectRatio: 1 })));
  const alone = await runSteps(patchAt(110), recipe(smartCrop({ aspectRatio: 1 })));
  const [, second] = (await image.animation?.frames()) ?? [];
  expect(await second?.pixels()).toEqual(await alone.image.pixels());
});

test.each([
  ["no size", {}],
  ["a width alone", { width: 5 }],
  ["a size and a shape", { width: 5, height: 5, aspectRatio: 1 }],
  ["focal without a focus", { aspectRatio: 1, strategy: "focal" }],
  ["a focus that nothing uses", { aspectRatio: 1, focus: { x: 0, y: 0 } }],
] as const)("smart-crop refuses %s", (_what, given) => {
  expect(() => recipe({ step: "smart-crop", ...given })).toThrow(/give /u);
});
