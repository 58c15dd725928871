import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { contentBox } from "../content-box.ts";
import type { Box } from "../options.ts";
import { readImage } from "../read-image.ts";
import { recipe } from "../recipe.ts";
import { runSteps } from "../run-steps.ts";
import {
  fixture,
  fixturesPresent,
  gradient,
  paint,
  picture,
  pixelAt,
  solid,
} from "../testing/index.ts";
import { autoCrop } from "./auto-crop.ts";
import { trim } from "./trim.ts";

/** White in a box, transparent around it. */
function boxed(width: number, height: number, box: Box) {
  const inside = (x: number, y: number) =>
    x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height;
  return paint(width, height, 4, (x, y) => (inside(x, y) ? 255 : 0));
}

async function cropped(image: ReturnType<typeof solid>, options = {}) {
  const { image: result, steps } = await runSteps(image, recipe(autoCrop(options)));
  return { result, report: steps[0]?.report };
}

describe("autoCrop", () => {
  test("keeps 20 px around small content, and a twentieth of large content", async () => {
    const content = { left: 100, top: 150, width: 200, height: 601 };
    const { result, report } = await cropped(boxed(600, 900, content));
    const box = { left: 80, top: 120, width: 240, height: 661 };
    expect(report).toEqual({ cropped: true, content, box });
    expect([result.width, result.height]).toEqual([240, 661]);
    expect(pixelAt(await result.pixels(), 20, 30)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(await result.pixels(), 19, 30)).toEqual([0, 0, 0, 0]);
  });

  test("keeps a fifth of the picture around the middle of tiny content", async () => {
    const content = { left: 500, top: 600, width: 2, height: 2 };
    const { report } = await cropped(boxed(1000, 1000, content));
    expect(report).toMatchObject({ box: { left: 401, top: 501, width: 200, height: 200 } });
  });

  test("moves what it keeps into the picture where content stands at the edge", async () => {
    const content = { left: 0, top: 998, width: 2, height: 2 };
    const { report } = await cropped(boxed(1000, 1000, content));
    expect(report).toMatchObject({ box: { left: 0, top: 800, width: 200, height: 200 } });
  });

  test("finds what differs from the color of the corners in a picture without alpha", async () => {
    const image = paint(100, 100, 3, (x, y) => (x === 50 && y === 60 ? 215 : 226));
    const options = { minPadding: 1, maxCropRatio: 1 };
    expect((await cropped(image, options)).report).toMatchObject({
      content: { left: 50, top: 60, width: 1, height: 1 },
      box: { left: 49, top: 59, width: 3, height: 3 },
    });
    expect((await cropped(image, { ...options, threshold: 11 })).report).toMatchObject({
      cropped: false,
    });
  });

  test.each([
    ["of one color", solid(30, 30, 7, 8, 9)],
    ["that is transparent", solid(30, 30, 7, 8, 9, 0)],
  ])("gives a picture %s back unchanged, and says so", async (_what, image) => {
    expect(await cropped(image)).toEqual({
      result: image,
      report: { cropped: false, reason: "no content found" },
    });
  });

  test("says when everything is kept", async () => {
    const image = gradient(30, 30);
    const { result, report } = await cropped(image, { background: "#ffffff" });
    expect(result).toBe(image);
    expect(report).toMatchObject({ cropped: false, box: { width: 30, height: 30 } });
  });

  test("never loses content, never cuts more than it may, keeps all padding that fits", async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        picture({ maxSide: 40 }),
        fc.record({
          threshold: fc.integer({ min: 0, max: 254 }),
          padding: share,
          minPadding: fc.integer({ min: 0, max: 5 }),
          maxCropRatio: share,
        }),
        async (image, options) => {
          const pixels = await image.pixels();
          const content = await contentBox(pixels, options);
          const { result, report } = await cropped(image, options);
          fc.pre(content !== undefined);
          const { box } = report as { box: Box };
          const padding = (size: number) =>
            Math.max(options.minPadding, Math.floor(options.padding * size));
          const axes = [
            ["left", "width"],
            ["top", "height"],
          ] as const;
          for (const [start, size] of axes) {
            const [from, to] = [content[start], content[start] + content[size]];
            expect(box[start]).toBeGreaterThanOrEqual(0);
            expect(box[start] + box[size]).toBeLessThanOrEqual(image[size]);
            expect(box[start]).toBeLessThanOrEqual(Math.max(0, from - padding(content[size])));
            expect(box[start] + box[size]).toBeGreaterThanOrEqual(
              Math.min(image[size], to + padding(content[size])),
            );
            expect(box[size]).toBeGreaterThanOrEqual(
              image[size] * (1 - options.maxCropRatio) - 1e-6,
            );
            expect(result[size]).toBe(box[size]);
          }
          const { data, channels } = await result.pixels();
          const row = (box.top + box.height - 1) * pixels.width + box.left;
          expect(data.subarray(-box.width * channels)).toEqual(
            pixels.data.subarray(row * channels, (row + box.width) * channels),
          );
        },
      ),
    );
  });

  test.skipIf(!fixturesPresent)(
    "crops a real cut-out to what trim finds, and padding",
    async () => {
      const image = await readImage(fixture("car-1-cutout.png"));
      const { report } = await cropped(image);
      const { steps } = await runSteps(image, recipe(trim()));
      const { content, box } = report as { content: Box; box: Box };
      expect(steps[0]?.report).toEqual({ box: content });
      expect(box.width * box.height).toBeLessThan(image.width * image.height);
    },
  );
});

describe("trim", () => {
  test("cuts to the content's box exactly", async () => {
    await fc.assert(
      fc.asyncProperty(picture(), fc.integer({ min: 0, max: 254 }), async (image, threshold) => {
        const box = await contentBox(await image.pixels(), { threshold });
        const { image: result, steps } = await runSteps(image, recipe(trim({ threshold })));
        const { width, height } = box ?? image;
        expect(steps[0]?.report).toEqual(box ? { box } : { reason: "no content found" });
        expect(await result.pixels()).toMatchObject({ width, height });
      }),
    );
  });

  test("says that a blank picture has no content", async () => {
    const { steps } = await runSteps(solid(9, 9, 1, 1, 1), recipe(trim()));
    expect(steps[0]?.report).toEqual({ reason: "no content found" });
  });

  test("cuts again to nothing more", async () => {
    const image = boxed(50, 40, { left: 5, top: 6, width: 7, height: 8 });
    const { image: once } = await runSteps(image, recipe(trim()));
    expect([once.width, once.height]).toEqual([7, 8]);
    const { image: twice } = await runSteps(once, recipe(trim({ background: "#000000" })));
    expect(await twice.pixels()).toEqual(await once.pixels());
  });
});
