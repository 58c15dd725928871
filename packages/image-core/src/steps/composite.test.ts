import { describe, expect, test } from "vitest";

import { readPixels, type Image, type Pixels } from "../image.ts";
import { readImage } from "../read-image.ts";
import { recipe } from "../recipe.ts";
import { runSteps } from "../run-steps.ts";
import {
  fixture,
  deviation,
  fixturesPresent,
  gradient,
  paint,
  pixelAt,
  run,
  solid,
} from "../testing/index.ts";
import { composite } from "./composite.ts";

type Options = Omit<Parameters<typeof composite>[0], "image">;

const lay = (image: Image, overlay: Image, options: Options = {}): Promise<Pixels> =>
  run(image, [composite({ image: "overlay", ...options })], { load: async () => overlay });

/** B(backdrop, source) of W3C Compositing and Blending Level 1, 9.1, on samples from 0 to 1. */
const blendings: Record<string, (b: number, s: number) => number> = {
  multiply: (b, s) => b * s,
  screen: (b, s) => b + s - b * s,
  overlay: (b, s) => hardLight(s, b),
  darken: Math.min,
  lighten: Math.max,
  "color-dodge": (b, s) => (b === 0 ? 0 : s === 1 ? 1 : Math.min(1, b / (1 - s))),
  "color-burn": (b, s) => (b === 1 ? 1 : s === 0 ? 0 : 1 - Math.min(1, (1 - b) / s)),
  "hard-light": hardLight,
  "soft-light"(b, s) {
    if (s <= 0.5) return b - (1 - 2 * s) * b * (1 - b);
    const d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
    return b + (2 * s - 1) * (d - b);
  },
  difference: (b, s) => Math.abs(b - s),
  exclusion: (b, s) => b + s - 2 * b * s,
};

function hardLight(b: number, s: number): number {
  return s <= 0.5 ? b * 2 * s : b + (2 * s - 1) - b * (2 * s - 1);
}

/** Porter and Duff's shares of source and backdrop, for their alphas from 0 to 1. */
const operators: Record<string, (a: number, b: number) => readonly [number, number]> = {
  clear: () => [0, 0],
  source: () => [1, 0],
  over: (a) => [1, 1 - a],
  in: (_a, b) => [b, 0],
  out: (_a, b) => [1 - b, 0],
  atop: (a, b) => [b, 1 - a],
  dest: () => [0, 1],
  "dest-over": (_a, b) => [1 - b, 1],
  "dest-in": (a) => [0, a],
  "dest-out": (a) => [0, 1 - a],
  "dest-atop": (a, b) => [1 - b, a],
  xor: (a, b) => [1 - b, 1 - a],
  add: () => [1, 1],
  saturate: (a, b) => [a === 0 ? 1 : Math.min(1, (1 - b) / a), 1],
};

/** Color and alpha of one sample of the result, from 0 to 1. */
function expected(mode: string, [b, ab]: [number, number], [s, as]: [number, number]) {
  const blending = blendings[mode];
  if (blending) {
    const mixed = (1 - ab) * s + ab * blending(b, s);
    const alpha = as + ab * (1 - as);
    return { alpha, color: alpha === 0 ? 0 : (as * mixed + (1 - as) * ab * b) / alpha };
  }
  const [forSource, forBackdrop] = (operators[mode] as (typeof operators)[string])(as, ab);
  const alpha = Math.min(1, as * forSource + ab * forBackdrop);
  const color = as * forSource * s + ab * forBackdrop * b;
  return { alpha, color: alpha === 0 ? 0 : Math.min(1, color / alpha) };
}

const operatorsThatClear = [
  "in",
  "out",
  "xor",
  "clear",
  "source",
  "dest-in",
  "dest-out",
  "dest-atop",
];

const modes = composite.options.shape.blend.unwrap().options;

const level = (at: number) => at * 17;

const at = async (opacity: number, alpha: number) =>
  pixelAt(await lay(solid(2, 2, 0, 0, 0), solid(2, 2, 200, 200, 200, alpha), { opacity }), 0, 0)[0];

describe("composite", () => {
  describe.each(modes)("%s", (mode) => {
    test.each([
      ["opaque on opaque", 255, 255],
      ["half transparent on opaque", 255, 128],
      ["opaque on half transparent", 128, 255],
      ["half transparent on half transparent", 128, 128],
      ["mostly transparent on mostly opaque", 204, 51],
    ])("%s is what the formulas say", async (_what, below, above) => {
      const size = 16;
      // Every backdrop level along x, every source level along y.
      const backdrop = paint(size, size, 4, (x, _y, channel) => (channel === 3 ? below : level(x)));
      const source = paint(size, size, 4, (_x, y, channel) => (channel === 3 ? above : level(y)));
      const result = await lay(backdrop, source, { blend: mode });
      let worst = 0;
      for (let y = 0; y < size; y += 1) {
        for (let x = 0; x < size; x += 1) {
          const { color, alpha } = expected(
            mode,
            [level(x) / 255, below / 255],
            [level(y) / 255, above / 255],
          );
          const [red = 0, , , opacity = 0] = pixelAt(result, x, y);
          worst = Math.max(worst, Math.abs(opacity - alpha * 255));
          if (alpha > 0) worst = Math.max(worst, Math.abs(red - color * 255));
        }
      }
      expect(worst).toBeLessThanOrEqual(0.51);
    });
  });

  test("agrees with libvips where nothing is transparent", async () => {
    const [below, above] = [
      gradient(20, 20),
      paint(20, 20, 3, (x, y, c) => 1 + 4 * x + 6 * y + 9 * c),
    ];
    const { data: input } = await above.pixels();
    const raw = { width: 20, height: 20, channels: 3 } as const;
    for (const blend of modes.filter((mode) => !operatorsThatClear.includes(mode))) {
      const reference = await readPixels(
        below.open().composite([{ input, raw, blend }]).removeAlpha(),
      );
      const largest = deviation(await lay(below, above, { blend }), reference).largest;
      expect([blend, largest <= 1]).toEqual([blend, true]);
    }
  });

  test("keeps an opaque picture opaque, except by modes that clear", async () => {
    const channels = await Promise.all(
      modes.map(async (blend) => [
        blend,
        (await lay(gradient(9, 9), solid(3, 3, 9, 9, 9, 99), { blend })).channels,
      ]),
    );
    expect(channels.filter(([, count]) => count === 4).map(([blend]) => blend)).toEqual(
      operatorsThatClear,
    );
  });

  test("keeps the alpha of a picture that has it", async () => {
    const result = await lay(gradient(9, 9, 4), solid(2, 2, 9, 9, 9), { x: 0, y: 0 });
    expect(pixelAt(result, 0, 0)).toEqual([9, 9, 9, 255]);
    expect(pixelAt(result, 8, 4)[3]).toBe(pixelAt(await gradient(9, 9, 4).pixels(), 8, 4)[3]);
  });

  test.each([
    ["center", 4, 3],
    ["northwest", 0, 0],
    ["southeast", 8, 6],
    ["north", 4, 0],
    ["west", 0, 3],
  ] as const)("puts the overlay at %s", async (gravity, left, top) => {
    const { data, width } = await lay(solid(10, 8, 0, 0, 0), solid(2, 2, 255, 0, 0), { gravity });
    const first = data.indexOf(255) / 3;
    expect([first % width, Math.floor(first / width)]).toEqual([left, top]);
    expect(data.filter((sample) => sample === 255)).toHaveLength(4);
  });

  test("shows the part of an overlay that lies inside the picture", async () => {
    const overlay = paint(5, 5, 3, (x, y) => 10 * x + y);
    const result = await lay(solid(8, 8, 200, 200, 200), overlay, { x: -3, y: 6 });
    expect(pixelAt(result, 0, 6)).toEqual([30, 30, 30]);
    expect(pixelAt(result, 1, 7)).toEqual([41, 41, 41]);
    expect(pixelAt(result, 2, 6)).toEqual([200, 200, 200]);
  });

  test("takes an overlay that is larger than the picture", async () => {
    const overlay = paint(20, 30, 3, (x, y) => x + 5 * y);
    const { width, height, data } = await lay(solid(4, 4, 0, 0, 0), overlay);
    expect([width, height, data[0]]).toEqual([4, 4, 8 + 5 * 13]);
  });

  test("changes nothing and says so when the overlay lies outside", async () => {
    const image = gradient(8, 8);
    const call = composite({ image: "overlay", x: 8, y: 0 });
    const { image: result, steps } = await runSteps(image, recipe(call), {
      load: async () => solid(4, 4, 9, 9, 9),
    });
    expect(result).toBe(image);
    expect(steps[0]?.report).toEqual({ reason: "the other picture lies outside this one" });
  });

  test("clears what an overlay leaves free, also one that lies wholly outside", async () => {
    const inside = await lay(gradient(8, 8), solid(2, 2, 9, 9, 9), { blend: "in", x: 0, y: 0 });
    expect([pixelAt(inside, 1, 1), pixelAt(inside, 2, 2)[3]]).toEqual([[9, 9, 9, 255], 0]);
    const outside = await lay(gradient(8, 8), solid(2, 2, 9, 9, 9), { blend: "in", x: 9, y: 0 });
    expect(outside.data.every((sample) => sample === 0)).toBe(true);
  });

  test("fades the overlay by its opacity, on top of its own alpha", async () => {
    expect(await at(0.5, 255)).toBeCloseTo(100, -0.4);
    expect(await at(0.5, 128)).toBeCloseTo(50, -0.4);
    expect(await at(0, 255)).toBe(0);
  });

  test("repeats a tile from the top left corner", async () => {
    const tile = paint(3, 2, 3, (x, y) => 40 * x + 100 * y);
    const result = await lay(solid(8, 7, 9, 9, 9), tile, { tile: true });
    for (let y = 0; y < 7; y += 1) {
      for (let x = 0; x < 8; x += 1) {
        expect(pixelAt(result, x, y)[0]).toBe(40 * (x % 3) + 100 * (y % 2));
      }
    }
  });

  test("brings the overlay to the picture's size to match", async () => {
    const { width, height, data } = await lay(solid(9, 5, 0, 0, 0), solid(3, 30, 77, 77, 77), {
      scale: "match",
    });
    expect([width, height]).toEqual([9, 5]);
    expect(data.every((sample) => sample === 77)).toBe(true);
  });

  test("takes x and y together or not at all", () => {
    expect(() => recipe(composite({ image: "a", x: 1 }))).toThrow(/x and y together/u);
  });

  test.skipIf(!fixturesPresent)("lays a gray overlay with alpha on a photograph", async () => {
    const overlay = await readImage(fixture("grey-alpha-16bit.png"));
    const photo = await readImage(fixture("car-1.jpg"));
    const result = await lay(photo, overlay, { gravity: "southeast" });
    expect(result).toMatchObject({ width: photo.width, height: photo.height, channels: 3 });
    expect(pixelAt(result, 0, 0)).toEqual(pixelAt(await photo.pixels(), 0, 0));
  });
});
