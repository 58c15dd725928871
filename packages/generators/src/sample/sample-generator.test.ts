import sharp from "sharp";
import { describe, expect, test } from "vitest";

import { createSampleGenerator } from "../index.ts";
import { generatorContract } from "../testing.ts";

generatorContract("sample", { create: () => createSampleGenerator() });

generatorContract("sample, rasterized", {
  create: () => createSampleGenerator({ rasterize }),
});

const rasterize = async (svg: Uint8Array) => sharp(svg).png({ compressionLevel: 1 }).toBuffer();

async function draw(prompt: string, seed: number, width = 320, height = 240) {
  const { images } = await createSampleGenerator().generate({ prompt, width, height, seed });
  return Buffer.from(images[0]?.bytes ?? []);
}

async function pixelsOf(prompt: string, seed: number) {
  return sharp(await draw(prompt, seed))
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** How many pixels have the red of the palette. */
async function redness(prompt: string): Promise<number> {
  const hex = (await pixelsOf(prompt, 3)).toString("hex");
  return (hex.match(/.{6}/gu) ?? []).filter((color) => color === "d8432f").length;
}

describe("the sample generator", () => {
  test("draws at exactly the size that is wanted", async () => {
    const { width, height } = await sharp(await draw("fruit", 1, 211, 97)).metadata();
    expect([width, height]).toEqual([211, 97]);
  });

  test("draws other things for other words, in the colors that they name", async () => {
    expect(await redness("a red car")).toBeGreaterThan((await redness("a blue car")) + 500);
  });

  test("leaves a flat border, so that its backdrop can be told from the things", async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const pixels = await pixelsOf("coffee and flowers", seed);
      const at = (x: number, y: number) =>
        pixels.subarray((y * 320 + x) * 3, (y * 320 + x) * 3 + 3).toString("hex");
      const border = Array.from({ length: 320 }, (_, x) => [at(x, 2), at(x, 237)]).flat();
      expect(new Set(border).size).toBe(1);
    }
  });

  test("without a seed draws another picture each time, and says which seed it took", async () => {
    const generator = createSampleGenerator();
    const request = { prompt: "fruit", width: 64, height: 64 };
    const made = await Promise.all([1, 2, 3].map(() => generator.generate(request)));
    const seeds = made.map(({ images }) => images[0]?.seed ?? -1);
    expect(new Set(seeds).size).toBeGreaterThan(1);
    const [again] = (await generator.generate({ ...request, seed: seeds[0] })).images;
    expect(again?.bytes).toEqual(made[0]?.images[0]?.bytes);
  });
});
