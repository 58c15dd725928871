import { describe, expect, test } from "vitest";

import { imageFromPixels } from "../image.ts";
import { sharp } from "../process-settings.ts";
import { readImage } from "../read-image.ts";
import { recipe } from "../recipe.ts";
import { runSteps } from "../run-steps.ts";
import { gradient, pixelAt, run, solid } from "../testing/index.ts";
import { flatten } from "./flatten.ts";
import { normalize } from "./normalize.ts";

const at = async (alpha: number, background = "rgb(0, 100, 200)") =>
  pixelAt(await run(solid(2, 2, 200, 100, 0, alpha), [flatten({ background })]), 0, 0);

describe("flatten", () => {
  test("lays transparent parts on its background", async () => {
    expect(await at(0)).toEqual([0, 100, 200]);
    expect(await at(255)).toEqual([200, 100, 0]);
    expect(await at(51)).toEqual([40, 100, 160]);
  });

  test("gives the samples that sharp gives, for every alpha", async () => {
    // Every alpha beside others, runs of clear and of opaque pixels, and a last row that four doesn't divide.
    const alphas = [0, 255, 0, 255, ...Array.from({ length: 255 }, (_, alpha) => alpha)];
    const [width, height] = [2 * alphas.length, 5];
    const data = Buffer.alloc(width * height * 4);
    for (let index = 0; index < width * height; index += 1) {
      const stretch = Math.floor(index / 7) % alphas.length;
      const alpha = alphas[index < width * 2 ? stretch : index % alphas.length] as number;
      data.set([(index * 7) % 256, (index * 31) % 256, (index * 101) % 256, alpha], index * 4);
    }
    const picture = imageFromPixels({ data, width, height, channels: 4 });
    for (const background of ["#ffffff", "#123456", "rgb(200, 3, 77)"]) {
      const judged = await sharp(data, { raw: { width, height, channels: 4 } })
        .flatten({ background })
        .raw()
        .toBuffer();
      const flat = await run(picture, [flatten({ background })]);
      expect(flat.data.equals(judged)).toBe(true);
    }
    const odd = imageFromPixels({ data: data.subarray(4, 40), width: 3, height: 3, channels: 4 });
    const shifted = imageFromPixels({
      data: Buffer.concat([Buffer.from([0]), data]).subarray(5, 41),
      width: 3,
      height: 3,
      channels: 4,
    });
    expect(await run(shifted, [flatten()])).toEqual(await run(odd, [flatten()]));
  });

  test("is white by default, and leaves an opaque picture alone", async () => {
    expect(pixelAt(await run(solid(2, 2, 0, 0, 0, 0), [flatten()]), 0, 0)).toEqual([255, 255, 255]);
    const image = gradient(3, 3);
    expect(await run(image, [flatten()])).toBe(await image.pixels());
  });
});

describe("normalize", () => {
  test("brings a picture to RGB over its background", async () => {
    const image = solid(2, 2, 0, 0, 0, 0);
    expect(pixelAt(await run(image, [normalize()]), 0, 0)).toEqual([255, 255, 255]);
    expect(pixelAt(await run(image, [normalize({ background: "tomato" })]), 0, 0)).toEqual([
      255, 99, 71,
    ]);
  });

  test("brings a picture to RGBA", async () => {
    expect(pixelAt(await run(solid(2, 2, 1, 2, 3), [normalize({ to: "rgba" })]), 0, 0)).toEqual([
      1, 2, 3, 255,
    ]);
  });

  test.each([
    ["rgb", gradient(3, 3)],
    ["rgba", gradient(3, 3, 4)],
  ] as const)("leaves a picture that is %s already alone", async (to, image) => {
    expect(await run(image, [normalize({ to })])).toBe(await image.pixels());
  });

  test("names the color space that a picture came in", async () => {
    const plain = sharp({ create: { width: 4, height: 4, channels: 3, background: "#a86" } });
    const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: "#a868" } });
    for (const [file, from] of [
      [plain.clone().png(), "rgb"],
      [plain.clone().toColourspace("rgb16").png(), "rgb"],
      [clear.clone().png(), "rgba"],
      [plain.clone().toColourspace("b-w").png(), "grayscale"],
      [clear.clone().toColourspace("b-w").png(), "grayscale with alpha"],
      [plain.clone().toColourspace("cmyk").jpeg(), "cmyk"],
    ] as const) {
      const image = await readImage(await file.toBuffer());
      const { image: result, steps } = await runSteps(image, recipe(normalize()));
      expect(steps[0]?.report).toEqual({ from, to: "rgb" });
      expect((await result.pixels()).channels).toBe(3);
    }
  });
});
