import * as fc from "fast-check";
import { expect, test } from "vitest";

import { growMask } from "./grow-mask.ts";

const masks = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
    }),
  );

test("every sample becomes the largest within the radius, whatever the size", async () => {
  await fc.assert(
    fc.asyncProperty(masks, fc.integer({ min: 0, max: 15 }), async (mask, radius) => {
      const { width, data } = mask;
      const expected = Array.from(data, (_, index) => {
        const [x, y] = [index % width, Math.floor(index / width)];
        const near = data.filter(
          (_sample, at) =>
            Math.abs((at % width) - x) <= radius && Math.abs(Math.floor(at / width) - y) <= radius,
        );
        return Math.max(...near);
      });
      expect(Array.from(await growMask(data, mask, radius))).toEqual(expected);
    }),
  );
});
