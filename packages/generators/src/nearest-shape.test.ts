import * as fc from "fast-check";
import { expect, test } from "vitest";

import { nearestShape, type Shape } from "./index.ts";

const offered = [
  { width: 1024, height: 1024 },
  { width: 2048, height: 2048 },
  { width: 1376, height: 768 },
  { width: 768, height: 1376 },
] as const;

/** The share of a shape that is left when it is cut to a ratio. */
function kept({ width, height }: Shape, ratio: number): number {
  return Math.min(width / height / ratio, (ratio * height) / width);
}

test.each([
  [{ width: 256, height: 256 }, offered[0]],
  [{ width: 1025, height: 1025 }, offered[1]],
  [{ width: 9000, height: 9000 }, offered[1]],
  [{ width: 1920, height: 1080 }, offered[2]],
  [{ width: 500, height: 3000 }, offered[3]],
])("of what is offered, %j is best covered by %j", (wanted, best) => {
  expect(nearestShape(offered, wanted)).toEqual(best);
});

test("no other shape that is offered would lose less to a cut", () => {
  const side = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const best = kept(nearestShape(offered, { width, height }), width / height);
      for (const shape of offered) expect(kept(shape, width / height)).toBeLessThan(best + 1e-9);
    }),
  );
});
