import { expect, test } from "vitest";

import { parseRetryAfter, statusError } from "../index.ts";

test.each([
  [400, "service.refused_request", false],
  [401, "service.key_refused", false],
  [403, "service.key_refused", false],
  [408, "service.overloaded", true],
  [413, "service.refused_request", false],
  [429, "service.quota", true],
  [500, "service.overloaded", true],
  [503, "service.overloaded", true],
])("HTTP %i is %s, and may be tried again: %s", (status, code, retryable) => {
  expect(statusError("svc", status, "SVC_KEY")).toMatchObject({ code, retryable });
});

const now = Date.UTC(2026, 10, 21, 12, 0, 0);

test.each([
  ["7", 7000],
  ["0.5", 500],
  ["Sat, 21 Nov 2026 12:00:30 GMT", 30_000],
  ["Sat, 21 Nov 2026 11:00:00 GMT", 0],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
])("a Retry-After of %j is %j ms", (header, ms) => {
  expect(parseRetryAfter(header, now)).toBe(ms);
});
