import { availableParallelism } from "node:os";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  bytes,
  concurrency,
  flag,
  hosts,
  integer,
  milliseconds,
  oneOf,
  seconds,
  secret,
  webAddress,
} from "./setting-types.ts";
import type { SettingType } from "./setting-types.ts";

const refused = Symbol("refused");

function read(type: SettingType, written: string): unknown {
  const result = type.safeParse(written);
  return result.success ? result.data : refused;
}

const size = bytes({ min: 1, max: 2 ** 31 });
const time = milliseconds({ min: 1, max: 86_400_000 });

describe("setting types", () => {
  test.each<[SettingType, string, unknown]>([
    [integer({ min: 0, max: 65_535 }), "8787", 8787],
    [integer({ min: 0, max: 65_535 }), "65_535", 65_535],
    [concurrency(4), "3", 3],
    [concurrency(4), "auto", availableParallelism()],
    [concurrency(4, { hasSpare: true }), "auto", availableParallelism() + 1],
    [size, "52428800", 52_428_800],
    [size, "50MB", 52_428_800],
    [size, "50 mib", 52_428_800],
    [size, "1.5k", 1536],
    [size, "2GB", 2 ** 31],
    [time, "300", 300_000],
    [time, "300s", 300_000],
    [time, "5m", 300_000],
    [time, "0.5", 500],
    [time, "250ms", 250],
    [time, "24H", 86_400_000],
    [seconds({ min: 1, max: 3600 }), "1h", 3600],
    [flag(), "true", true],
    [flag(), "ON", true],
    [flag(), "0", false],
    [oneOf(["info", "warn"]), "WARN", "warn"],
    [hosts(), "", []],
    [hosts(), "A.example, *.b.example,,", ["a.example", "*.b.example"]],
    [webAddress(), "https://a.example/images/", "https://a.example/images"],
    [secret(16), "4fd8b3b1c2a9e7d0", "4fd8b3b1c2a9e7d0"],
  ])("read a good text (%#)", (type, written, value) => {
    expect(read(type, written)).toEqual(value);
  });

  test.each<[string, SettingType, string[]]>([
    ["integer", integer({ min: 1, max: 9 }), ["0", "10", "1.5", "-1", "0x1", "1e0", "_1", ""]],
    ["concurrency", concurrency(4), ["0", "5", "AUTO!", "many"]],
    ["bytes", size, ["0", "3GB", "5XB", "5 m b", "-5MB", "MB", "50i", "1e3", "NaN", "Infinity"]],
    ["milliseconds", time, ["0", "25h", "5 minutes", "m", "-1s", "1e3"]],
    ["seconds", seconds({ min: 1, max: 60 }), ["1500ms", "0", "61"]],
    ["flag", flag(), ["maybe", "2", ""]],
    ["oneOf", oneOf(["info", "warn"]), ["verbose", ""]],
    ["hosts", hosts(), ["https://a.example", "a.example:80", "a*.example", "a.example b.example"]],
    [
      "webAddress",
      webAddress(),
      ["a.example", "ftp://a.example", "https://u:p@a.example", "https://a.example?x"],
    ],
    [
      "secret",
      secret(16),
      [
        "4fd8b3b1c2a9e7d",
        "your-secret-key-here-1234",
        "changeme-changeme",
        "change_me_before_production",
        "$(openssl rand -hex 32)",
        "<a long random text>",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
      ],
    ],
  ])("refuse what is no good %s", (_, type, wrong) => {
    expect(wrong.filter((written) => read(type, written) !== refused)).toEqual([]);
  });

  test("read every duration in its range the same in milliseconds, seconds and bare", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), (count) => {
        const forms = [`${count}`, `${count}s`, `${count * 1000}ms`];
        expect(forms.map((form) => read(time, form))).toEqual(forms.map(() => count * 1000));
      }),
    );
  });

  test("read any text into a value in range or refuse it, without throwing", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\d{1,12}\.?\d? ?[kmgsh]?b?$/)),
        (any) => {
          const value = read(size, any);
          if (value === refused) return;
          expect(value).toBeGreaterThanOrEqual(1);
          expect(value).toBeLessThanOrEqual(2 ** 31);
          expect(Number.isInteger(value)).toBe(true);
        },
      ),
    );
  });
});
