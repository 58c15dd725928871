import { describe, expect, test } from "vitest";
import { z } from "zod";

import { defineStep } from "./define-step.ts";
import { imageFromFrames, type Image } from "./image.ts";
import { sharp } from "./process-settings.ts";
import { readImage } from "./read-image.ts";
import { builtInSteps, parseRecipe, recipe, type StepCall } from "./recipe.ts";
import { createRegistry } from "./registry.ts";
import { runSteps } from "./run-steps.ts";
import { fixture, fixturesPresent, gradient, paint, pixelAt, solid } from "./testing/index.ts";

/** A dot on white that wanders to the right and downwards. */
const dots = Array.from({ length: 3 }, (_, frame) =>
  paint(40, 30, 3, (x, y) => (x === 10 + frame * 5 && y === 10 + frame * 2 ? 0 : 255)),
);
const timing = { delays: [40, 80, 120], loop: 5 };
const film = imageFromFrames(dots, timing);
const load = async (): Promise<Image> => solid(9, 7, 200, 30, 60, 128);

const framesOf = async (image: Image) =>
  Promise.all(((await image.animation?.frames()) ?? []).map((frame) => frame.pixels()));

/** Every example of every built-in step that needs nothing from outside. */
const calls = builtInSteps.all
  .filter(({ name }) => name !== "remove-background")
  .flatMap(({ name, examples }) =>
    examples.map((example): StepCall => ({ step: name, ...example })),
  );

describe("an animation", () => {
  test.each(calls.map((call) => [JSON.stringify(call), call] as const))(
    "keeps its frames and timing, of one size, through %s",
    async (_what, call) => {
      const large = imageFromFrames(
        [gradient(60, 50), solid(60, 50, 9, 9, 9), gradient(60, 50)],
        timing,
      );
      const { image } = await runSteps(large, recipe(call), { load });
      expect(image.animation).toMatchObject(timing);
      for (const frame of await framesOf(image)) {
        expect(frame).toMatchObject({ width: image.width, height: image.height });
        expect(frame.channels).toBe(image.hasAlpha ? 4 : 3);
      }
    },
  );

  test("is worked on frame by frame, as still pictures are", async () => {
    const steps = recipe({ step: "rotate", angle: 90 }, { step: "blur", sigma: 1 });
    const { image } = await runSteps(film, steps);
    for (const [index, pixels] of (await framesOf(image)).entries()) {
      const alone = await runSteps(dots[index] as Image, steps);
      expect(pixels).toEqual(await alone.image.pixels());
    }
    expect(await image.pixels()).toEqual((await framesOf(image))[0]);
  });

  test("is cropped to what any of its frames shows", async () => {
    const { image, steps } = await runSteps(film, recipe({ step: "trim" }));
    expect(steps[0]?.report).toEqual({ box: { left: 10, top: 10, width: 11, height: 5 } });
    const frames = await framesOf(image);
    expect(frames.map(({ width, height }) => [width, height])).toEqual([
      [11, 5],
      [11, 5],
      [11, 5],
    ]);
    expect(frames.map((frame, index) => pixelAt(frame, index * 5, index * 2)[0])).toEqual([
      0, 0, 0,
    ]);
    const cropped = await runSteps(
      film,
      recipe({ step: "auto-crop", padding: 0, minPadding: 1, maxCropRatio: 1 }),
    );
    expect(cropped.steps[0]?.report).toMatchObject({
      box: { left: 9, top: 9, width: 13, height: 7 },
    });
  });

  test("of blank frames is not cropped", async () => {
    const blank = imageFromFrames([solid(9, 9, 1, 2, 3), solid(9, 9, 1, 2, 3)], {
      delays: [1, 1],
      loop: 0,
    });
    const { image } = await runSteps(blank, recipe({ step: "trim" }, { step: "auto-crop" }));
    expect(image).toMatchObject({ width: 9, height: 9 });
  });

  test("is refused when all frames of a result are beyond the limits together", async () => {
    const limits = { maxPixels: 60 * 40 * 3 - 1 };
    await expect(
      runSteps(film, recipe({ step: "pad", top: 10, left: 20 }), { limits }),
    ).rejects.toMatchObject({ code: "image.too_many_pixels", details: { frames: 3 } });
  });

  test("whose frames a step would bring to different sizes fails", async () => {
    let calledBefore = 0;
    const uneven = defineStep({
      name: "uneven",
      summary: "Cut more off every time.",
      examples: [{}],
      options: z.strictObject({}),
      apply(image) {
        calledBefore += 1;
        return image.open().extract({ left: 0, top: 0, width: 9 - calledBefore, height: 9 });
      },
    });
    const registry = createRegistry("step", [...builtInSteps.all, uneven]);
    await expect(
      runSteps(film, parseRecipe([uneven()], registry), { registry }),
    ).rejects.toMatchObject({ code: "step.failed" });
  });

  test("is transparent in all frames when a step makes one of them so", async () => {
    const mixed = defineStep({
      name: "mixed",
      summary: "Add alpha to dark frames.",
      examples: [{}],
      options: z.strictObject({}),
      async apply(image) {
        const { data } = await image.pixels();
        return data[0] === 0 ? image.open().ensureAlpha(0.5) : image;
      },
    });
    const registry = createRegistry("step", [...builtInSteps.all, mixed]);
    const two = imageFromFrames([solid(3, 3, 255, 0, 0), solid(3, 3, 0, 0, 0)], {
      delays: [9, 9],
      loop: 0,
    });
    const { image } = await runSteps(two, parseRecipe([mixed()], registry), { registry });
    expect((await framesOf(image)).map(({ channels }) => channels)).toEqual([4, 4]);
  });
});

const strip = await Promise.all(dots.map((frame) => frame.pixels()));
const gif = await sharp(Buffer.concat(strip.map(({ data }) => data)), {
  raw: { width: 40, height: 90, channels: 3, pageHeight: 30 },
})
  .gif({ delay: [40, 80, 120], loop: 5 })
  .toBuffer();

describe("an animated file", () => {
  test("is read with its frames, delays and loop count", async () => {
    const image = await readImage(gif);
    expect(image).toMatchObject({ width: 40, height: 30, animation: timing, source: { pages: 3 } });
    const frames = await framesOf(image);
    expect(frames.map((frame, index) => pixelAt(frame, 10 + index * 5, 10 + index * 2)[0])).toEqual(
      [0, 0, 0],
    );
    expect((await image.pixels()).data).toEqual(frames[0]?.data);
  });

  test("gives its first frame, or another, when that is asked for", async () => {
    const first = await readImage(gif, { maxFrames: 1 }, { animated: false });
    expect(first.animation).toBeUndefined();
    const last = await readImage(gif, {}, { page: 2 });
    expect(last.animation).toBeUndefined();
    expect(pixelAt(await last.pixels(), 20, 14)[0]).toBe(0);
    await expect(readImage(gif, {}, { page: 3 })).rejects.toMatchObject({
      code: "image.no_such_page",
      details: { page: 3, pages: 3 },
    });
  });

  test("is refused with more frames or pixels than the limits allow", async () => {
    await expect(readImage(gif, { maxFrames: 2 })).rejects.toMatchObject({
      kind: "limit_exceeded",
      code: "image.too_many_frames",
    });
    await expect(readImage(gif, { maxPixels: 40 * 30 * 3 - 1 })).rejects.toMatchObject({
      code: "image.too_many_pixels",
    });
  });

  test("that is cut is told to be damaged", async () => {
    // Wherever it is cut, as a reader that goes on with the frames it has drops the others silently.
    for (let bytes = 13; bytes < gif.length; bytes += 1) {
      await expect(readImage(gif.subarray(0, bytes))).rejects.toMatchObject({
        code: "image.corrupt",
      });
    }
  });
});

test.skipIf(!fixturesPresent)("each page of a TIFF is a picture of its own size", async () => {
  const bytes = fixture("multipage.tif");
  expect(await readImage(bytes)).toMatchObject({ width: 2464, height: 3248 });
  const second = await readImage(bytes, {}, { page: 1 });
  expect(second).toMatchObject({ width: 1232, height: 1624 });
  expect(await second.pixels()).toMatchObject({ width: 1232, height: 1624 });
});
