import sharp from "sharp";
import { expect, test } from "vitest";

import { productPicture } from "./product-picture.ts";

const red = { r: 200, g: 0, b: 0, alpha: 1 };

/** A red box at (80, 60), 100 × 50 px, in a clear picture. */
function redBox() {
  const box = { create: { width: 100, height: 50, channels: 4 as const, background: red } };
  return sharp({ create: { width: 300, height: 200, channels: 4, background: "#00000000" } })
    .composite([{ input: box, left: 80, top: 60 }])
    .png()
    .toBuffer();
}

test("the picture is cut to its content with padding, and grows by the reach of its shadow", async () => {
  const { info } = await productPicture(sharp(await redBox()));
  expect([info.width, info.height]).toEqual([100 + 2 * 20 + 2 * 45, 50 + 2 * 20 + 2 * 45]);
});

test("the content keeps its color, and the shadow falls below it", async () => {
  const { data, info } = await productPicture(sharp(await redBox()));
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 4).subarray(0, 4)];
  const [left, top] = [45 + 20, 35 + 20];
  expect(at(left, top)).toEqual([200, 0, 0, 255]);
  const above = at(left + 50, top - 12)[3];
  const below = at(left + 50, top + 50 + 11)[3];
  expect(below).toBeGreaterThan(above ?? 255);
});
