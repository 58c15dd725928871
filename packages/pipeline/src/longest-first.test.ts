import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";

import * as fc from "fast-check";
import { expect, test } from "vitest";

import { longestFirst } from "./longest-first.ts";

const costs = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 });

test("begins with what costs most, keeps to the cores, and gives results in the order of the items", async () => {
  await fc.assert(
    fc.asyncProperty(costs, async (given) => {
      const items = given.map((cost, at) => ({ cost, at }));
      const begun: number[] = [];
      let [running, most] = [0, 0];
      const results = await longestFirst(
        items,
        ({ cost }) => cost,
        async ({ cost, at }) => {
          begun.push(cost);
          running += 1;
          most = Math.max(most, running);
          await nextTurn();
          running -= 1;
          return at;
        },
      );
      expect(results).toEqual(items.map(({ at }) => at));
      expect(begun).toEqual(given.toSorted((a, b) => b - a));
      expect(most).toBeLessThanOrEqual(availableParallelism());
    }),
    { numRuns: 30 },
  );
});

test("fails when all the rest is done", async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    if (item === 3) throw new Error("three");
    await nextTurn();
    done.push(item);
  };
  await expect(longestFirst([1, 2, 3, 4], (item) => item, work)).rejects.toThrow("three");
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 4]);
});
