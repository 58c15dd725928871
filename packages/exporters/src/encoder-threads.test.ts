import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { onSpareThread, onThread } from "./encoder-threads.ts";

/** Work that goes on until it is told to end, and what of it is under way. */
function works() {
  const underWay: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    underWay,
    start: (name: string) => () =>
      new Promise<string>((resolve) => {
        underWay.push(name);
        ends.set(name, () => {
          underWay.splice(underWay.indexOf(name), 1);
          resolve(name);
        });
      }),
    end: async (name: string) => {
      ends.get(name)?.();
      await nextTurn();
    },
  };
}

const cores = availableParallelism();
const names = Array.from({ length: cores + 2 }, (_, index) => `part ${index}`);

test("parts keep to the cores that encoders leave over, one at least, first come first served", async () => {
  const { underWay, start, end } = works();
  const encoders = Array.from({ length: cores }, (_, index) => onThread(start(`encoder ${index}`)));
  const parts = names.map((name) => onSpareThread(start(name)));
  await nextTurn();
  expect(underWay.filter((name) => name.startsWith("part"))).toEqual(["part 0"]);
  for (let index = 0; index < cores; index += 1) await end(`encoder ${index}`);
  expect(underWay).toEqual(names.slice(0, cores));
  for (const name of names) await end(name);
  await expect(Promise.all(parts)).resolves.toEqual(names);
  await Promise.all(encoders);
});

test("a part that fails makes room for the next", async () => {
  const failures = names.map(() => onSpareThread(() => Promise.reject(new Error("no"))));
  expect(await Promise.allSettled(failures)).toHaveLength(names.length);
  await expect(onSpareThread(async () => 1)).resolves.toBe(1);
});
