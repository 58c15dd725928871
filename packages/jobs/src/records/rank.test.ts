import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { JobPriority } from "../job.ts";
import { rankOf } from "./rank.ts";

const hourMs = 60 * 60_000;
const priorities: readonly JobPriority[] = ["urgent", "high", "normal", "low"];

const priority = fc.constantFrom(...priorities);
const time = fc.integer({ min: 0, max: 2 ** 42 });
const count = fc.integer({ min: 0, max: 10_000 });

test("of jobs that come together the more urgent one goes first", () => {
  fc.assert(
    fc.property(time, count, (at, before) => {
      const ranks = priorities.map((one) => rankOf(one, at, before));
      expect(ranks.toSorted((a, b) => a - b)).toEqual(ranks);
      expect(new Set(ranks).size).toBe(ranks.length);
    }),
  );
});

test("nobody waits for ever: what comes an hour later goes after, however urgent it is and whosoever", () => {
  fc.assert(
    fc.property(priority, priority, time, count, count, (mine, other, at, before, others) => {
      const myTurn = at + before * 1000;
      expect(rankOf(mine, at, before)).toBeLessThan(rankOf(other, myTurn + hourMs + 1, others));
    }),
  );
});

test("a project that sends many does not stand in the way of one that sends a few", () => {
  fc.assert(
    fc.property(priority, time, fc.integer({ min: 2, max: 10_000 }), (one, at, many) => {
      const second = rankOf(one, at, 1);
      expect(second).toBeLessThan(rankOf(one, at, many));
      expect(second).toBeGreaterThan(rankOf(one, at, 0));
    }),
  );
});
