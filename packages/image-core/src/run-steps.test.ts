import { TintypeError } from "@tintype/errors";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { defineStep } from "./define-step.ts";
import { imageFromPixels, readPixels, type Image, type Pixels } from "./image.ts";
import { sharp } from "./process-settings.ts";
import { readImage } from "./read-image.ts";
import { builtInSteps, parseRecipe, recipe, type AnyStep, type StepCall } from "./recipe.ts";
import { createRegistry } from "./registry.ts";
import { runSteps, type RunStepsOptions } from "./run-steps.ts";
import { adjust } from "./steps/adjust.ts";
import { blur } from "./steps/blur.ts";
import { composite } from "./steps/composite.ts";
import { crop } from "./steps/crop.ts";
import { flip } from "./steps/flip.ts";
import { flop } from "./steps/flop.ts";
import { pad } from "./steps/pad.ts";
import { resize } from "./steps/resize.ts";
import { rotate } from "./steps/rotate.ts";
import { shadow } from "./steps/shadow.ts";
import { gradient, letterL, pixelAt, run, solid } from "./testing/index.ts";

const stamp = solid(20, 12, 255, 0, 0, 255);
const load = async (): Promise<typeof stamp> => stamp;
const at = (x: number, y: number, blend = "over"): StepCall =>
  composite({ image: "stamp", x, y, blend: blend as "over" });

describe("runSteps runs steps in the order in which they are written", () => {
  // On one sharp instance each of these comes out wrong: one slot an operation, in an order of sharp's own.
  const orderings: readonly [string, StepCall[]][] = [
    ["blur, resize", [blur({ sigma: 4 }), resize({ width: 20 })]],
    ["pad, resize", [pad({ all: 10, background: "#000" }), resize({ width: 25 })]],
    ["stamp, resize", [at(5, 5), resize({ width: 10 })]],
    ["stamp, stamp", [at(0, 0), at(30, 20)]],
    ["rotate, flip", [rotate({ angle: 90 }), flip()]],
    ["blur, blur", [blur({ sigma: 2 }), blur({ sigma: 2 })]],
    ["brighten, blur", [adjust({ brightness: 1.8 }), blur({ sigma: 3 })]],
    ["adjust, stamp", [adjust({ hue: 120 }), at(3, 3)]],
    [
      "resize, crop, resize",
      [resize({ width: 40 }), crop({ width: 20, height: 20 }), resize({ width: 10 })],
    ],
  ];

  test.each(orderings)("%s is the same as one call after the other", async (_what, calls) => {
    const together = await run(gradient(60, 44), calls, { load });
    let image = gradient(60, 44);
    for (const call of calls) {
      // A fresh file between the steps: nothing of an earlier instance can be left.
      const { data, width, height, channels } = await run(image, [call], { load });
      const png = sharp(data, { raw: { width, height, channels } }).png();
      image = imageFromPixels(await (await readImage(await png.toBuffer())).pixels());
    }
    expect(together).toEqual(await image.pixels());
  });

  test("and each leaves its mark", async () => {
    const twice = await run(gradient(60, 44), [at(0, 0), at(30, 20)], { load });
    expect([pixelAt(twice, 1, 1), pixelAt(twice, 31, 21)]).toEqual([
      [255, 0, 0],
      [255, 0, 0],
    ]);
    const padded = await run(gradient(60, 44), [pad({ all: 15 }), resize({ width: 45 })]);
    expect([padded.width, padded.height]).toEqual([45, 37]);
    const turned = await run(letterL(), [rotate({ angle: 90 }), flip()]);
    expect(turned).not.toEqual(await run(letterL(), [flip(), rotate({ angle: 90 })]));
    expect(await run(gradient(60, 44), [blur({ sigma: 3 }), blur({ sigma: 3 })])).not.toEqual(
      await run(gradient(60, 44), [blur({ sigma: 3 })]),
    );
  });
});

/** The recipe runs with one more step, which the test brings along. */
function withStep(step: AnyStep): RunStepsOptions & { registry: typeof builtInSteps } {
  return { registry: createRegistry("step", [...builtInSteps.all, step]) };
}

const none = z.strictObject({});

describe("runSteps", () => {
  test("tells what each step did", async () => {
    const { steps } = await runSteps(gradient(60, 44), recipe(resize({ width: 30 }), flop()));
    expect(steps).toEqual([
      { step: "resize", width: 30, height: 22, durationMs: expect.any(Number) },
      { step: "flop", width: 30, height: 22, durationMs: expect.any(Number) },
    ]);
  });

  test("leaves the given image as it is, and gives it back for an empty recipe", async () => {
    const image = gradient(9, 9);
    const before = Buffer.from((await image.pixels()).data);
    await runSteps(image, recipe(flip(), blur({ sigma: 2 }), adjust({ gamma: 2 })));
    expect((await image.pixels()).data).toEqual(before);
    expect((await runSteps(image, recipe())).image).toBe(image);
  });

  test("keeps the source's metadata with the image", async () => {
    const exif = new Uint8Array([1]);
    const image = imageFromPixels(await gradient(9, 9).pixels(), { exif });
    expect((await runSteps(image, recipe(flip()))).image.metadata).toEqual({ exif });
  });

  test.each([
    ["pad to gigabytes", pad({ all: 100_000 }), "image.side_too_long"],
    ["pad to many pixels", pad({ all: 4_000 }), "image.too_many_pixels"],
    ["enlarge", resize({ width: 16_000, enlarge: true }), "image.too_many_pixels"],
    ["contain", resize({ width: 99_999, height: 9, fit: "contain" }), "image.side_too_long"],
    [
      "spread a shadow",
      { step: "shadow", offsetX: 10_000, spread: 100, blur: 200 },
      "image.too_many_pixels",
    ],
  ])("refuses to %s before any work is done", async (_what, call, code) => {
    let opened = 0;
    const image: Image = {
      width: 5_000,
      height: 4_000,
      hasAlpha: false,
      metadata: {},
      open() {
        opened += 1;
        return sharp(Buffer.alloc(0));
      },
      pixels: () => readPixels(image.open()),
    };
    await expect(runSteps(image, recipe(call))).rejects.toMatchObject({
      kind: "limit_exceeded",
      code,
      message: expect.stringContaining(`result of the step "${call.step}"`),
    });
    expect(opened).toBe(0);
  });

  test("holds its limits for a step that does not say how large its result is", async () => {
    const grow = defineStep({
      name: "grow",
      summary: "Add a row.",
      examples: [{}],
      options: none,
      apply: (image) => image.open().extend({ bottom: 1 }),
    });
    const options = { ...withStep(grow), limits: { maxSide: 9 } };
    await expect(
      runSteps(gradient(9, 9), parseRecipe([grow()], options.registry), options),
    ).rejects.toMatchObject({ code: "image.side_too_long", details: { height: 10 } });
  });

  test("names the step that fails, and hides why", async () => {
    const secret = new Error("/srv/secret: EACCES");
    const fail = defineStep({
      name: "fail",
      summary: "Fail.",
      examples: [{}],
      options: none,
      apply: () => Promise.reject(secret),
    });
    const options = withStep(fail);
    await expect(
      runSteps(gradient(9, 9), parseRecipe([fail()], options.registry), options),
    ).rejects.toMatchObject({
      kind: "processing",
      code: "step.failed",
      message: 'The step "fail" failed on this picture.',
      details: { step: "fail" },
      cause: secret,
    });
  });

  test("lets a step's own errors through", async () => {
    const own = new TintypeError({ kind: "upstream", code: "remover.busy", message: "Wait." });
    const throwing = async (): Promise<never> => {
      throw own;
    };
    await expect(runSteps(gradient(9, 9), recipe(at(0, 0)), { load: throwing })).rejects.toBe(own);
  });

  test("says that a step needs another picture and nobody can open it", async () => {
    await expect(runSteps(gradient(9, 9), recipe(at(0, 0)))).rejects.toMatchObject({
      kind: "configuration",
      code: "step.no_loader",
    });
  });

  test("stops between steps when it is aborted, with the caller's own reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let later = 0;
    const stop = defineStep({
      name: "stop",
      summary: "Abort, then go on.",
      examples: [{}],
      options: none,
      apply: (image) => {
        if (controller.signal.aborted) later += 1;
        controller.abort(reason);
        return image;
      },
    });
    const options = { ...withStep(stop), signal: controller.signal };
    const calls = parseRecipe([stop(), stop()], options.registry);
    await expect(runSteps(gradient(9, 9), calls, options)).rejects.toBe(reason);
    expect(later).toBe(0);
  });

  test("passes the abort of a step's own work through", async () => {
    const signal = AbortSignal.abort();
    const aborted = async (): Promise<never> => {
      throw signal.reason;
    };
    await expect(runSteps(gradient(9, 9), recipe(at(0, 0)), { load: aborted })).rejects.toBe(
      signal.reason,
    );
  });
});

test.skipIf(!ArrayBuffer.prototype.transfer)(
  "gives the memory of pictures between steps back, not that of the given one or of the result",
  async () => {
    const seen: Pixels[] = [];
    const look = defineStep({
      name: "look",
      summary: "Hand the picture on.",
      examples: [{}],
      options: none,
      async apply(image) {
        seen.push(await image.pixels());
        return image;
      },
    });
    const options = withStep(look);
    const given = gradient(40, 30);
    const steps = [look(), blur({ sigma: 1 }), look(), shadow(), look(), flip(), look()];
    const { image } = await runSteps(given, parseRecipe(steps, options.registry), options);
    expect(seen.map(({ data }) => data.byteLength > 0)).toEqual([true, false, false, true]);
    expect(seen[0]).toBe(await given.pixels());
    expect(seen[3]).toBe(await image.pixels());
  },
);
