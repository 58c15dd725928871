import { describe, expect, test } from "vitest";

import { matchesHost } from "./matches-host.ts";

describe("matchesHost", () => {
  test.each([
    ["a.example", "a.example"],
    ["a.example.", "a.example"],
    ["a.example", "A.Example"],
    ["x.a.example", "*.a.example"],
    ["x.y.a.example", "*.a.example"],
    ["xn--bcher-kva.example", "bücher.example"],
    ["x.xn--bcher-kva.example", "*.bücher.example"],
    ["203.0.113.9", "203.0.113.9"],
    ["[2001:db8::1]", "[2001:db8::1]"],
  ])("finds %s in the list of %s", (host, entry) => {
    expect(matchesHost(host, ["other.example", entry])).toBe(true);
  });

  test.each([
    ["a.example", "*.a.example"],
    ["x.a.example", "a.example"],
    ["bada.example", "*.a.example"],
    ["a.example.evil.example", "a.example"],
    ["a.example", ""],
  ])("does not find %s in the list of %s", (host, entry) => {
    expect(matchesHost(host, [entry])).toBe(false);
  });
});
