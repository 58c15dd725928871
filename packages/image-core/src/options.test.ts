import { describe, expect, test } from "vitest";

import { color, gravity, gravityFractions, parseColor } from "./options.ts";

describe("color", () => {
  test.each([
    ["#ff8800", { r: 255, g: 136, b: 0, alpha: 1 }],
    ["#f80", { r: 255, g: 136, b: 0, alpha: 1 }],
    ["#ff880080", { r: 255, g: 136, b: 0, alpha: 128 / 255 }],
    ["rgb(255 136 0)", { r: 255, g: 136, b: 0, alpha: 1 }],
    ["rgba(255, 136, 0, 0.25)", { r: 255, g: 136, b: 0, alpha: 0.25 }],
    ["hsl(0, 100%, 50%)", { r: 255, g: 0, b: 0, alpha: 1 }],
    ["tomato", { r: 255, g: 99, b: 71, alpha: 1 }],
    ["transparent", { r: 0, g: 0, b: 0, alpha: 0 }],
  ])("reads %s", (text, samples) => {
    expect(color.parse(text)).toBe(text);
    expect(parseColor(text)).toEqual(samples);
  });

  test.each(["", "#12345", "red-ish", "url(x)", "rgb(", "constructor", "__proto__"])(
    "refuses %j",
    (text) => {
      expect(color.safeParse(text).success).toBe(false);
    },
  );
});

test("a gravity names the share of free space to the left and above", () => {
  expect(gravityFractions("northwest")).toEqual({ x: 0, y: 0 });
  expect(gravityFractions("center")).toEqual({ x: 0.5, y: 0.5 });
  expect(gravityFractions("southeast")).toEqual({ x: 1, y: 1 });
  expect(new Set(gravity.options.map((name) => JSON.stringify(gravityFractions(name)))).size).toBe(
    9,
  );
});
