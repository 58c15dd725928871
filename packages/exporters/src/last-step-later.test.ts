import { isTintypeError } from "@tintype/errors";
import { readImage, recipe, resize, runSteps, type Recipe } from "@tintype/image-core";
import { fixture, fixtureNames, gradient } from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";

import type { OutputCall } from "./define-exporter.ts";
import { builtInExporters, encode } from "./encode.ts";

const opaque = gradient(160, 120).open();
const clear = gradient(160, 120, 4).open();
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120"><rect width="90" height="70" fill="#c03"/></svg>`;

/** Pictures that carry what must not go on into a file: density, orientation, profiles, depth, channels. */
const sources: Readonly<Record<string, Uint8Array>> = {
  jpeg: await opaque
    .clone()
    .withMetadata({ density: 300, orientation: 6 })
    .withExif({ IFD0: { Artist: "Ada" } })
    .jpeg()
    .toBuffer(),
  "jpeg in P3": await opaque.clone().withIccProfile("p3").jpeg().toBuffer(),
  "gray jpeg": await opaque.clone().toColourspace("b-w").jpeg().toBuffer(),
  "CMYK jpeg": await opaque.clone().toColourspace("cmyk").jpeg().toBuffer(),
  png: await clear.clone().withMetadata({ density: 300 }).png().toBuffer(),
  "png of 16 bits": await opaque.clone().toColourspace("rgb16").png().toBuffer(),
  "png with a palette": await opaque.clone().png({ palette: true }).toBuffer(),
  webp: await clear.clone().webp().toBuffer(),
  avif: await opaque.clone().avif({ effort: 0 }).toBuffer(),
  tiff: await opaque.clone().withMetadata({ density: 300 }).tiff().toBuffer(),
  svg: Buffer.from(svg),
};

const fits = (["inside", "cover", "contain", "fill"] as const).map((fit) =>
  recipe(resize({ width: 64, height: 64, fit })),
);
/** With nothing to do, decoding itself is left for the encoder. */
const nothing = [recipe(), recipe(resize({ width: 4000 }))];

/** The file, or the code of why there is none. */
async function outcome(
  source: Uint8Array,
  steps: Recipe,
  output: OutputCall,
  lastLater: boolean,
): Promise<Buffer | string> {
  try {
    const { image } = await runSteps(await readImage(source), steps, { lastLater });
    if (!lastLater) await image.pixels();
    return (await encode(image, output)).data;
  } catch (error) {
    if (isTintypeError(error)) return error.code;
    throw error;
  }
}

/** The outputs that come out otherwise when the last step is left for later. */
async function different(
  source: Uint8Array,
  steps: Recipe,
  outputs: readonly OutputCall[],
): Promise<readonly OutputCall[]> {
  const found: OutputCall[] = [];
  for (const output of outputs) {
    const [now, later] = await Promise.all(
      [false, true].map(async (lastLater) => outcome(source, steps, output, lastLater)),
    );
    const isSame =
      Buffer.isBuffer(now) && Buffer.isBuffer(later) ? now.equals(later) : now === later;
    if (!isSame) found.push(output);
  }
  return found;
}

describe("a last step that is left for the encoder makes the file that decoded pixels make", () => {
  const outputs = builtInExporters.all.map(({ name }) => ({ format: name }));

  test.each(Object.entries(sources))("of %s, in every format", async (_name, source) => {
    for (const steps of [...fits, ...nothing])
      expect(await different(source, steps, outputs)).toEqual([]);
  });

  test.each(fixtureNames)("of %s", async (name) => {
    const some = ["jpeg", "webp", "tiff"].map((format) => ({ format }));
    for (const steps of [recipe(), recipe(resize({ width: 200 }))]) {
      expect(await different(fixture(name), steps, some)).toEqual([]);
    }
  });

  test.each([{ maxBytes: 2000 }, { target: 0.9 }, { keep: ["all"] }, { colorSpace: "p3" }])(
    "with %j",
    async (options) => {
      const some = [
        { format: "jpeg", ...options },
        { format: "webp", ...options },
      ];
      expect(await different(sources["jpeg"] as Uint8Array, fits[0] as Recipe, some)).toEqual([]);
    },
  );
});

test("a cut source is told from an encoder that fails", async () => {
  const whole = sources["jpeg"] as Uint8Array;
  const cut = whole.subarray(0, whole.length >> 1);
  expect(await outcome(cut, fits[0] as Recipe, { format: "jpeg" }, true)).toBe("image.corrupt");
});

test("the last step alone is left, until its pixels are asked for", async () => {
  const source = await readImage(sources["jpeg"] as Uint8Array);
  const twice = recipe(resize({ width: 90 }), resize({ width: 64 }));
  const { image } = await runSteps(source, twice, { lastLater: true });
  expect(image).toMatchObject({ width: 64, hasAlpha: false });
  expect(await image.undone?.()?.metadata()).toMatchObject({ width: 90 });
  expect(await image.pixels()).toMatchObject({ width: 64 });
  expect(image.undone?.()).toBeUndefined();
});

test("a picture that is not made yet can be opened all the same", async () => {
  const source = await readImage(sources["webp"] as Uint8Array);
  const steps = fits[0] as Recipe;
  const [now, later] = await Promise.all(
    [false, true].map(async (lastLater) => {
      const { image } = await runSteps(source, steps, { lastLater });
      return image.open().negate().raw().toBuffer();
    }),
  );
  expect(later?.equals(now as Buffer)).toBe(true);
});
