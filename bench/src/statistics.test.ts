import { array, assert, double, integer, property } from "fast-check";
import { expect, test } from "vitest";

import { percentile, shuffled, spreadOf } from "./statistics.ts";

const ascending = (a: number, b: number) => a - b;

test("the median lies between neighbors where their number is even", () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
});

test("a percentile never leaves the figures, and grows with its share", () => {
  const figures = array(double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  const share = double({ noNaN: true, min: 0, max: 1 });
  assert(
    property(figures, share, share, (all, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      // Adding 0 makes no difference between 0 and -0.
      expect(percentile(all, 0) + 0).toBe(Math.min(...all) + 0);
      expect(percentile(all, 1) + 0).toBe(Math.max(...all) + 0);
      expect(percentile(all, low)).toBeLessThanOrEqual(percentile(all, high) + 1e-9);
    }),
  );
});

test("nothing has no percentile", () => {
  expect(() => percentile([], 0.5)).toThrow("nothing to measure");
});

test("shuffling keeps every value and leaves the given list as it is", () => {
  assert(
    property(array(integer()), (values) => {
      const before = [...values];
      const dealt = shuffled(values);
      expect(values).toEqual(before);
      expect(dealt.toSorted(ascending)).toEqual(before.toSorted(ascending));
    }),
  );
});

test("shuffling deals as the given randomness says", () => {
  expect(shuffled(["a", "b", "c"], () => 0)).toEqual(["b", "c", "a"]);
});
