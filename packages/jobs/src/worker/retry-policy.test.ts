import { TintypeError } from "@tintype/errors";
import { expect, test } from "vitest";

import { isWorthRetrying, retryDelayMs } from "./retry-policy.ts";

function failure(options: { readonly retryable?: boolean; readonly retryAfterMs?: number }) {
  return new TintypeError({ kind: "unavailable", code: "test.failed", message: "No.", ...options });
}

const outage = failure({ retryable: true });

test.each([
  ["an outage", outage, true],
  ["a fault that nobody foresaw", new TypeError("x is undefined"), true],
  ["a broken picture", failure({ retryable: false }), false],
])("%s is tried again: %o, %s", (_what, error, isWorth) => {
  expect(isWorthRetrying(error)).toBe(isWorth);
});

test.each([
  [1, 1000],
  [2, 4000],
  [3, 16_000],
  [4, 64_000],
  [20, 600_000],
])("after %i failures the next run waits for half of %i ms to all of it", (failures, full) => {
  const delays = Array.from({ length: 200 }, () => retryDelayMs(failures, outage));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(full / 2);
  expect(Math.max(...delays)).toBeLessThanOrEqual(full);
  // Jobs that failed together come back one by one.
  expect(new Set(delays).size).toBeGreaterThan(50);
});

test("the next run waits for as long as the other side asked", () => {
  expect(retryDelayMs(1, failure({ retryable: true, retryAfterMs: 90_000 }))).toBe(90_000);
});
