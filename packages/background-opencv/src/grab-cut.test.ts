import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { intersectionOverUnion } from "@tintype/generators/testing";
import sharp from "sharp";
import { expect, test } from "vitest";

import { createOpenCvRemovers } from "./open-cv-removers.ts";

// Real pictures of other projects stand beside the repository where it is developed, and nowhere else.
const folder = new URL("../../../../shared/fixtures/", import.meta.url);
const path = (name: string) => fileURLToPath(new URL(name, folder));

test.skipIf(!existsSync(folder))(
  "a car in a given box is cut out nearly as a network cuts it out",
  async () => {
    const truth = await sharp(path("car-1-cutout.png")).extractChannel(3).raw().toBuffer();
    const { data, info } = await sharp(path("car-1.jpg"))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    await using removers = createOpenCvRemovers();
    const { mask } = await removers.grabcut.remove(
      { data, width, height, channels: 3 },
      { box: boxOf(truth, width, height) },
    );
    expect(intersectionOverUnion(mask.data, truth)).toBeGreaterThan(0.84);
  },
);

/** The box around what is more than half opaque, in fractions. */
function boxOf(truth: Uint8Array, width: number, height: number) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const [index, alpha] of truth.entries()) {
    if (alpha < 128) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  return {
    left: left / width,
    top: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  };
}
