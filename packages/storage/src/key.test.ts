import { isTintypeError } from "@tintype/errors";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { compareKeys, escapeKey, joinKey, parseKey, parsePrefix } from "./index.ts";
import type { KeyRefusal } from "./index.ts";

const refused: readonly (readonly [string, KeyRefusal])[] = [
  ["", "empty"],
  ["a\uD800", "ill_formed"],
  ["a\0b", "control_character"],
  ["a\nb", "control_character"],
  ["a\u007Fb", "control_character"],
  ["a\u009Fb", "control_character"],
  ["a\u202Egnp.exe", "control_character"],
  ["a\u2066b", "control_character"],
  ["a\u2028b", "control_character"],
  ["a\\b", "backslash"],
  ["..\\a", "backslash"],
  ["C:/a", "drive_letter"],
  ["c:a", "drive_letter"],
  ["/a", "absolute"],
  ["//host/share", "absolute"],
  ["/", "absolute"],
  ["a/", "trailing_slash"],
  ["a//b", "empty_segment"],
  ["..", "dot_segment"],
  ["../a", "dot_segment"],
  ["a/../b", "dot_segment"],
  ["a/./b", "dot_segment"],
  ["a/..", "dot_segment"],
  [`${"a/".repeat(512)}b`, "too_long"],
  ["ä".repeat(128), "segment_too_long"],
];

describe("parseKey", () => {
  test.each(refused)("refuses %j as %s", (text, reason) => {
    expect(() => parseKey(text)).toThrow(
      expect.objectContaining({ code: "storage.invalid_key", details: { reason } }),
    );
  });

  test.each([
    "a",
    "a/b.png",
    "...",
    "..a/b..",
    "%2e%2e/a",
    ".hidden",
    "a b+c",
    "図/🐞.png",
    "ä".repeat(127),
    `${"a/".repeat(511)}bc`,
  ])("takes %j as it is", (text) => {
    expect(parseKey(text)).toBe(text);
  });

  test("gives two spellings of one text the same key", () => {
    expect(parseKey("u\u0308.png")).toBe(parseKey("\u00FC.png"));
  });

  test("gives only keys that stay below any root and read back as themselves", () => {
    const segment = fc.oneof(
      fc.constantFrom("..", ".", "", "a", "C:", "%2e"),
      fc.string({ unit: "binary" }),
    );
    const text = fc.array(segment, { maxLength: 5 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(text, (input) => {
        const key = keyOrRefusal(input);
        if (key === undefined) return;
        expect(parseKey(key)).toBe(key);
        const path = new URL(escapeKey(key), "https://a.example/root/").pathname;
        expect(path.startsWith("/root/")).toBe(true);
        expect(decodeURIComponent(path)).toBe(`/root/${key}`);
      }),
    );
  });
});

describe("joinKey", () => {
  test("joins parts with slashes", () => {
    expect(joinKey("a", "b/c", "d.png")).toBe("a/b/c/d.png");
  });

  test.each([["a", "../b"], ["a", "/b"], ["", "b"], ["a", ""], []])(
    "refuses %j, %j",
    (...parts) => {
      expect(() => joinKey(...parts)).toThrow(
        expect.objectContaining({ code: "storage.invalid_key" }),
      );
    },
  );
});

describe("parsePrefix", () => {
  test.each(["", "a", "a/", "a/b"])("takes %j", (text) => {
    expect(parsePrefix(text)).toBe(text);
  });

  test.each(["/", "/a", "a//", "../", "a/..", "a\\", "a\0"])("refuses %j", (text) => {
    expect(() => parsePrefix(text)).toThrow(
      expect.objectContaining({ code: "storage.invalid_key" }),
    );
  });
});

test("compareKeys orders by bytes where JavaScript would not", () => {
  expect(["🐞", "\uFF5E", "a/b", "a-b"].toSorted(compareKeys)).toEqual([
    "a-b",
    "a/b",
    "\uFF5E",
    "🐞",
  ]);
});

function keyOrRefusal(text: string) {
  try {
    return parseKey(text);
  } catch (error) {
    if (isTintypeError(error)) return undefined;
    throw error;
  }
}
