import { sharp } from "@tintype/image-core";
import { expect, test } from "vitest";

import { shrinkPicture } from "./shrink-picture.ts";

/** Noise, of which no file is small. */
const noise = {
  data: Uint8Array.from({ length: 300 * 200 * 3 }, (_, index) => (index * 2_654_435_761) >>> 13),
  width: 300,
  height: 200,
  channels: 3,
} as const;

const shrunk = async (maxSidePx: number, maxBytes: number) => {
  const bytes = await shrinkPicture(noise, { maxSidePx, maxBytes });
  const { width, height } = await sharp(bytes).metadata();
  return { size: bytes.length, width, height };
};

test("a picture of too many bytes is first written with less quality, and then smaller", async () => {
  const whole = await shrunk(4096, 16_000_000);
  expect([whole.width, whole.height]).toEqual([300, 200]);

  const coarser = await shrunk(4096, whole.size - 1);
  expect(coarser.size).toBeLessThan(whole.size);
  expect([coarser.width, coarser.height]).toEqual([300, 200]);

  const smaller = await shrunk(4096, 10_000);
  expect(smaller.size).toBeLessThanOrEqual(10_000);
  expect(smaller.width).toBeLessThan(300);
  expect(smaller.width).toBeGreaterThan(20);
});

test("a side that is too long is shortened before that", async () => {
  expect(await shrunk(150, 16_000_000)).toMatchObject({ width: 150, height: 100 });
});
