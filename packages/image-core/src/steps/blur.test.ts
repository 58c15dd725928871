import { describe, expect, test } from "vitest";

import { paint, pixelAt, run, solid } from "../testing/index.ts";
import { blur } from "./blur.ts";
import { sharpen } from "./sharpen.ts";

const edge = paint(40, 9, 3, (x) => (x < 20 ? 60 : 190));

/** The largest step between neighbours in the middle row. */
async function steepest(call: ReturnType<typeof blur> | ReturnType<typeof sharpen>) {
  const pixels = await run(edge, [call]);
  const row = Array.from({ length: 40 }, (_, x) => pixelAt(pixels, x, 4)[0] as number);
  return Math.max(...row.slice(1).map((sample, x) => Math.abs(sample - (row[x] as number))));
}

describe("blur", () => {
  test("softens an edge, the wider the softer", async () => {
    const [little, much] = [await steepest(blur({ sigma: 1 })), await steepest(blur({ sigma: 4 }))];
    expect(little).toBeLessThan(130);
    expect(much).toBeLessThan(little);
    // The steepest place of an edge under a Gaussian: its height divided by sigma times the root of two pi.
    expect(Math.abs(much - 130 / (4 * Math.sqrt(2 * Math.PI)))).toBeLessThan(2);
  });

  test("leaves an even picture even, with alpha too", async () => {
    const { data } = await run(solid(20, 20, 80, 80, 80, 255), [blur({ sigma: 6 })]);
    expect([...new Set(data)]).toEqual([80, 255]);
  });

  test("weighs color by alpha: what is transparent does not shine through", async () => {
    const image = paint(40, 9, 4, (x, _y, channel) =>
      channel === 0 ? (x < 20 ? 255 : 0) : channel === 3 ? (x < 20 ? 0 : 255) : 0,
    );
    const pixels = await run(image, [blur({ sigma: 3 })]);
    const row = Array.from({ length: 40 }, (_, x) => pixelAt(pixels, x, 4));
    const seen = row.filter(([, , , alpha]) => alpha !== 0);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.map(([red]) => red)).toEqual(seen.map(() => 0));
  });
});

describe("sharpen", () => {
  test("steepens an edge", async () => {
    expect(await steepest(sharpen({ sigma: 1.5 }))).toBeGreaterThan(130);
  });

  test("leaves an even picture even", async () => {
    const { data } = await run(solid(20, 20, 80, 80, 80), [sharpen({ sigma: 2, jagged: 10 })]);
    expect([...new Set(data)]).toEqual([80]);
  });
});
