import { isTintypeError } from "@tintype/errors";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { FindRemover } from "../background-remover.ts";
import { imageFromPixels, type Image } from "../image.ts";
import { readImage } from "../read-image.ts";
import { builtInSteps, recipe, type StepCall } from "../recipe.ts";
import { runSteps } from "../run-steps.ts";
import {
  deviation,
  fixture,
  fixtureNames,
  fixturesPresent,
  gradient,
  letterL,
  picture,
  run,
  solid,
} from "../testing/index.ts";

const load = async (): Promise<Image> => solid(9, 7, 200, 30, 60, 128);

/** Finds an object in the left half of every picture. */
const backgroundRemover: FindRemover = (engine) => ({
  remove: async ({ width, height }) => {
    const data = Uint8Array.from({ length: width * height }, (_, at) =>
      at % width < width / 2 ? 255 : 0,
    );
    return { mask: { data, width, height }, engine };
  },
});

const outside = { load, backgroundRemover };

const side = fc.integer({ min: 1, max: 40 });
const few = fc.integer({ min: 0, max: 9 });
const factor = fc.double({ min: 0, max: 3, noNaN: true });
const colors = fc.constantFrom("#ffffff", "tomato", "transparent", "#12345680");
const gravities = fc.constantFrom("center", "north", "southeast", "west");
const one = { requiredKeys: [] as [] };

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const areas = fc.record({ left: fc.constant(0), top: fc.constant(0), width: side, height: side });
const markOptions = {
  scale: fc.double({ min: 0.01, max: 1, noNaN: true }),
  gravity: gravities,
  margin: few,
  angle: fc.double({ min: -360, max: 360, noNaN: true }),
  opacity: unit,
  tile: fc.boolean(),
};

/** Random options of every built-in step; a step that is missing here fails the first test. */
const options: Record<string, fc.Arbitrary<object>> = {
  resize: fc
    .record(
      {
        width: side,
        height: side,
        fit: fc.constantFrom("inside", "outside", "cover", "fill", "contain"),
        enlarge: fc.boolean(),
        kernel: fc.constantFrom("nearest", "linear", "cubic", "mitchell", "lanczos2", "lanczos3"),
        gravity: gravities,
        focus: fc.record({
          x: fc.double({ min: 0, max: 1, noNaN: true }),
          y: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        background: colors,
      },
      one,
    )
    .filter(({ width, height }) => width !== undefined || height !== undefined),
  crop: fc.oneof(
    fc.record({ width: side, height: side, gravity: gravities }),
    fc.record({ width: side, height: side, left: fc.constant(0), top: fc.constant(0) }),
  ),
  "auto-crop": fc.record(
    {
      threshold: fc.integer({ min: 0, max: 254 }),
      padding: fc.double({ min: 0, max: 2, noNaN: true }),
      minPadding: few,
      maxCropRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    one,
  ),
  trim: fc.record({ threshold: fc.integer({ min: 0, max: 254 }), background: colors }, one),
  pad: fc.record(
    {
      all: few,
      top: few,
      left: few,
      background: colors,
      extend: fc.constantFrom("background", "copy", "repeat", "mirror"),
    },
    one,
  ),
  rotate: fc.record(
    {
      angle: fc.oneof(
        fc.integer({ min: -8, max: 8 }).map((quarters) => quarters * 90),
        fc.double({ min: -3600, max: 3600, noNaN: true }),
      ),
      background: colors,
    },
    { requiredKeys: ["angle"] },
  ),
  flip: fc.constant({}),
  flop: fc.constant({}),
  normalize: fc.record({ to: fc.constantFrom("rgb", "rgba"), background: colors }, one),
  flatten: fc.record({ background: colors }, one),
  adjust: fc.record(
    {
      brightness: factor,
      contrast: factor,
      saturation: factor,
      hue: fc.integer({ min: -360, max: 360 }),
      lightness: fc.integer({ min: -100, max: 100 }),
      gamma: fc.double({ min: 0.1, max: 10, noNaN: true }),
    },
    one,
  ),
  grayscale: fc.constant({}),
  blur: fc.record({ sigma: fc.double({ min: 0.3, max: 20, noNaN: true }) }),
  sharpen: fc.record({ sigma: fc.double({ min: 0.1, max: 10, noNaN: true }), jagged: factor }, one),
  shadow: fc.record(
    {
      offsetX: fc.integer({ min: -20, max: 20 }),
      offsetY: fc.integer({ min: -20, max: 20 }),
      blur: fc.double({ min: 0, max: 6, noNaN: true }),
      opacity: fc.double({ min: 0, max: 1, noNaN: true }),
      color: colors,
      spread: few,
    },
    one,
  ),
  composite: fc
    .record(
      {
        blend: fc.constantFrom("over", "multiply", "in", "xor", "dest-out", "soft-light"),
        gravity: gravities,
        opacity: fc.double({ min: 0, max: 1, noNaN: true }),
        scale: fc.constantFrom("none", "match"),
        tile: fc.boolean(),
      },
      one,
    )
    .map((given) => Object.assign(given, { image: "logo" })),
  dpr: fc.record({ factor: fc.double({ min: 0.01, max: 2, noNaN: true }) }),
  "smart-crop": fc.oneof(
    fc.record({
      width: side,
      height: side,
      enlarge: fc.boolean(),
      strategy: fc.constantFrom("attention", "entropy", "alpha"),
    }),
    fc.record({
      aspectRatio: fc.double({ min: 0.01, max: 100, noNaN: true }),
      strategy: fc.constant("focal"),
      focus: fc.record({ x: unit, y: unit }),
    }),
  ),
  border: fc.record(
    { width: few, color: colors, position: fc.constantFrom("outside", "inside") },
    one,
  ),
  background: fc.oneof(
    fc.record({ color: colors }),
    fc.record({ image: fc.constant("logo"), gravity: gravities }),
    fc.record({
      gradient: fc.record({
        type: fc.constantFrom("linear", "radial"),
        angle: fc.integer({ min: -360, max: 360 }),
        stops: fc
          .array(fc.record({ color: colors, at: unit }), { minLength: 2, maxLength: 5 })
          .map((stops) => stops.toSorted((a, b) => a.at - b.at)),
      }),
    }),
  ),
  negate: fc.constant({}),
  tint: fc.record({ color: colors, strength: unit }, { requiredKeys: ["color"] }),
  duotone: fc.record({ dark: colors, light: colors }, one),
  threshold: fc.record({ level: fc.integer({ min: 0, max: 255 }), perChannel: fc.boolean() }, one),
  median: fc.record({ size: fc.integer({ min: 1, max: 51 }) }, one),
  pixelate: fc.record({ block: fc.integer({ min: 2, max: 40 }), area: areas }, one),
  redact: fc.record({
    areas: fc.array(areas, { minLength: 1, maxLength: 3 }),
    style: fc.constantFrom("solid", "blur", "pixelate"),
    color: colors,
  }),
  "remove-background": fc.record(
    { engine: fc.constantFrom("auto", "grabcut"), feather: few, keepHoles: fc.boolean() },
    one,
  ),
  mask: fc.record(
    {
      image: fc.constant("logo"),
      from: fc.constantFrom("luma", "alpha"),
      invert: fc.boolean(),
      fit: fc.constantFrom("fill", "cover"),
    },
    { requiredKeys: ["image"] },
  ),
  "round-corners": fc.oneof(
    fc.record({ radius: few }),
    fc.record({ percent: fc.integer({ min: 0, max: 50 }), topLeft: fc.boolean() }),
  ),
  reflection: fc.record(
    { height: fc.double({ min: 0.01, max: 1, noNaN: true }), opacity: unit, gap: few },
    one,
  ),
  watermark: fc.oneof(
    fc.record({ image: fc.constant("logo"), ...markOptions }, { requiredKeys: ["image"] }),
    fc.record(
      {
        text: fc.constantFrom("©", "<b>&amp;", "שלום abc", "two\nlines", "😀"),
        bold: fc.boolean(),
        color: colors,
        ...markOptions,
      },
      { requiredKeys: ["text"] },
    ),
  ),
};

const names = builtInSteps.all.map(({ name }) => name);

describe.each(names)("%s", (name) => {
  const step = builtInSteps.get(name);
  const calls = (options[name] as fc.Arbitrary<object>).map((given): StepCall =>
    Object.assign(given, { step: name }),
  );

  test("makes 8-bit pixels with three or four channels, of the size that it declares", async () => {
    await fc.assert(
      fc.asyncProperty(picture(), calls, async (image, call) => {
        const parsed = recipe(call);
        const declared = step.size?.(parsed[0] as never, image);
        const { image: result, steps } = await runSteps(image, parsed, outside);
        const { data, width, height, channels } = await result.pixels();
        expect([width, height]).toEqual([result.width, result.height]);
        expect(steps[0]).toMatchObject({ width, height });
        expect(data.length).toBe(width * height * channels);
        expect(result.hasAlpha).toBe(channels === 4);
        // A step that does not say how large its result is can't make the picture larger.
        const most = declared ?? image;
        expect(width <= most.width && height <= most.height).toBe(true);
        expect({ width, height }).toEqual(declared ?? { width, height });
      }),
      { numRuns: 60 },
    );
  });

  test("gives the same bytes for the same input", async () => {
    await fc.assert(
      fc.asyncProperty(picture(), calls, async (image, call) => {
        expect(await run(image, [call], outside)).toEqual(await run(image, [call], outside));
      }),
      { numRuns: 15 },
    );
  });

  test.each(step.examples)("runs its example %j", async (example) => {
    const { width, height } = await run(
      gradient(320, 240, 4),
      [{ step: name, ...example }],
      outside,
    );
    expect(width * height).toBeGreaterThan(0);
  });

  test("tells what each of its options is", () => {
    expect(step.summary).toMatch(/^[A-Z].+\.$/u);
    expect(step.examples.length).toBeGreaterThan(0);
    for (const [option, schema] of Object.entries(step.options.shape)) {
      expect([option, schema.description ?? ""]).toEqual([option, expect.stringMatching(/\.$/u)]);
    }
  });
});

/** What a recipe makes of a picture, which has the size that it says; or the code of its error. */
async function outcome(image: Image, calls: readonly StepCall[]) {
  try {
    const result = await runSteps(image, recipe(...calls), {
      ...outside,
      limits: { maxPixels: 1e6, maxSide: 2000 },
    });
    const { width, height } = result.steps.at(-1) ?? image;
    const pixels = await result.image.pixels();
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    return pixels;
  } catch (error) {
    if (!isTintypeError(error) || error.code === "step.failed") throw error;
    return error.code;
  }
}

test("random recipes of all steps end in a picture of the size they say, or in a typed error, and the same way again", async () => {
  const call = fc
    .constantFrom(...names)
    .chain((name) =>
      (options[name] as fc.Arbitrary<object>).map((given): StepCall =>
        Object.assign(given, { step: name }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(picture(), fc.array(call, { maxLength: 6 }), async (image, calls) => {
      expect(await outcome(image, calls)).toEqual(await outcome(image, calls));
    }),
    { numRuns: 150 },
  );
});

describe("turning and mirroring lose nothing", () => {
  test.each([
    ["four quarter turns", Array.from({ length: 4 }, () => ({ step: "rotate", angle: 90 }))],
    ["a turn and its opposite", [-90, 90].map((angle) => ({ step: "rotate", angle }))],
    ["two flips", [{ step: "flip" }, { step: "flip" }]],
    ["two flops", [{ step: "flop" }, { step: "flop" }]],
    [
      "a half turn, a flip and a flop",
      [{ step: "rotate", angle: 540 }, { step: "flip" }, { step: "flop" }],
    ],
  ])("%s", async (_what, calls: StepCall[]) => {
    await fc.assert(
      fc.asyncProperty(picture(), async (image) => {
        expect(await run(image, calls)).toEqual(await image.pixels());
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ["rotate 90", { step: "rotate", angle: 90 }, ["####", "#..."].map((row) => row.padStart(4))],
    ["rotate -90", { step: "rotate", angle: -90 }, ["...#", "####"]],
    ["rotate 180", { step: "rotate", angle: 180 }, [".##", "..#", "..#", "..#"]],
    ["flip", { step: "flip" }, ["##.", "#..", "#..", "#.."]],
    ["flop", { step: "flop" }, ["..#", "..#", "..#", ".##"]],
  ])("%s goes the way it says", async (_what, call: StepCall, rows) => {
    const { data, width, height } = await run(letterL(), [call]);
    const seen = Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_value, x) => (data[(y * width + x) * 3] ? "#" : ".")).join(
        "",
      ),
    );
    const empty = ".".repeat(width);
    expect(seen.filter((row) => row !== empty)).toEqual(rows);
  });
});

/** Steps that may take pixels already reduced from the decoder. */
const scaling = new Set(["resize", "dpr"]);

/** Options of the steps whose examples would miss a very small picture. */
const insideSmall: Record<string, object> = {
  crop: { width: 20, height: 20 },
  pixelate: { block: 3 },
  redact: { areas: [{ left: 1, top: 2, width: 20, height: 20 }], style: "blur" },
};

/** What a step makes of a file that is opened lazily, and of the same file decoded first. */
const both = async (name: string, call: StepCall) => {
  const lazy = await readImage(fixture(name));
  const decoded = imageFromPixels(await (await readImage(fixture(name))).pixels());
  return [await run(lazy, [call], outside), await run(decoded, [call], outside)] as const;
};

describe.skipIf(!fixturesPresent)(
  "opened lazily, real pictures give what decoded ones give",
  () => {
    const sound = fixtureNames.filter((name) => !/^(?:truncated|corrupt)/u.test(name));
    const small = sound.filter(
      (name) => fixture(name).length < 140_000 && !/^(?:black|anim)/u.test(name),
    );

    test.each(sound)("resizing %s, to within what shrinking on load rounds", async (name) => {
      for (const call of [
        { step: "resize", width: 200 },
        { step: "resize", width: 120, height: 120, fit: "cover" },
        { step: "dpr", factor: 0.5 },
      ]) {
        const [lazy, decoded] = await both(name, call);
        expect(deviation(lazy, decoded).mean).toBeLessThan(2.5);
      }
    });

    test.each(small)("every other step on %s, to the byte", async (name) => {
      for (const step of builtInSteps.all.filter(({ name: each }) => !scaling.has(each))) {
        const [lazy, decoded] = await both(name, {
          step: step.name,
          ...(insideSmall[step.name] ?? step.examples.at(-1)),
        });
        expect([step.name, deviation(lazy, decoded).largest]).toEqual([step.name, 0]);
      }
    });
  },
);
