import { describe, expect, test } from "vitest";

import { recipe } from "../recipe.ts";
import { paint, pixelAt, run } from "../testing/index.ts";
import { crop } from "./crop.ts";

const image = paint(10, 8, 3, (x, y) => 10 * x + y);

describe("crop", () => {
  test("keeps the part that begins at left and top", async () => {
    const pixels = await run(image, [crop({ left: 3, top: 2, width: 4, height: 5 })]);
    expect([pixels.width, pixels.height]).toEqual([4, 5]);
    expect(pixelAt(pixels, 0, 0)[0]).toBe(32);
    expect(pixelAt(pixels, 3, 4)[0]).toBe(66);
  });

  test.each([
    ["center", 32],
    ["northwest", 0],
    ["southeast", 64],
    ["east", 62],
  ] as const)("keeps the part at %s", async (gravity, sample) => {
    expect(pixelAt(await run(image, [crop({ width: 4, height: 4, gravity })]), 0, 0)[0]).toBe(
      sample,
    );
  });

  test("ends where the picture ends", async () => {
    const pixels = await run(image, [crop({ left: 8, top: 7, width: 50, height: 50 })]);
    expect([pixels.width, pixels.height]).toEqual([2, 1]);
  });

  test("says when it begins outside", async () => {
    await expect(
      run(image, [crop({ left: 10, top: 0, width: 1, height: 1 })]),
    ).rejects.toMatchObject({ kind: "invalid_input", code: "step.outside_image" });
  });

  test("takes left and top together or not at all", () => {
    expect(() => recipe(crop({ left: 1, width: 1, height: 1 }))).toThrow(/left and top together/u);
  });
});
