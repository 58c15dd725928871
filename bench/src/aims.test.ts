import { expect, test } from "vitest";

import { aims, verdictOn, type Aim } from "./aims.ts";
import type { Report } from "./report.ts";

const empty: Report = {
  machine: { cpu: "", cores: 2, memoryGb: 1, system: "", node: "", sharp: "" },
  revision: "",
  date: "",
  cases: [],
  service: [],
  scaling: [],
};

const less: Aim = {
  job: "J1",
  what: "",
  isLess: true,
  must: 1.1,
  aim: 0.9,
  measure: () => undefined,
};

test("nothing counts as reached that was not measured", () => {
  expect(new Set(aims.map((aim) => verdictOn(aim, aim.measure(empty))))).toEqual(
    new Set(["not measured"]),
  );
});

test.each([
  [0.9, "aim reached"],
  [1.1, "must reached"],
  [1.11, "missed"],
] as const)("%s against at most 1.1, better 0.9, is: %s", (measured, verdict) => {
  expect(verdictOn(less, measured)).toBe(verdict);
});

test("where more is better, less than the goal is missed", () => {
  expect(verdictOn({ ...less, isLess: false, must: 10, aim: 15 }, 9.9)).toBe("missed");
  expect(verdictOn({ ...less, isLess: false, must: 10, aim: 15 }, 15)).toBe("aim reached");
});

test("what is only wished is missed when it is not reached", () => {
  const { must: _, ...wished } = less;
  expect(verdictOn(wished, 1)).toBe("missed");
});
