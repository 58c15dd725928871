import { describe, expect, test } from "vitest";

import { isAbort, isTintypeError, TintypeError } from "./index.ts";

describe("TintypeError", () => {
  const error = new TintypeError({
    kind: "not_found",
    code: "storage.not_found",
    message: "No object has the key a/b.",
    details: { key: "a/b" },
    cause: new Error("ENOENT"),
  });

  test("carries its kind, code, details and cause", () => {
    expect(error).toMatchObject({
      name: "TintypeError",
      kind: "not_found",
      code: "storage.not_found",
      message: "No object has the key a/b.",
      details: { key: "a/b" },
      retryable: false,
    });
    expect(error.cause).toEqual(new Error("ENOENT"));
  });

  test("is recognised by its brand, also when another copy of the package made it", () => {
    const foreign = Object.assign(new Error("x"), { [Symbol.for("@tintype/error")]: true });
    expect(isTintypeError(error)).toBe(true);
    expect(isTintypeError(foreign)).toBe(true);
    expect(isTintypeError(new Error("x"))).toBe(false);
    expect(isTintypeError(null)).toBe(false);
    expect(isTintypeError("storage.not_found")).toBe(false);
  });

  test("does not show its brand or its cause when it is written as JSON", () => {
    expect(Object.keys(JSON.parse(JSON.stringify(error)) as object).toSorted()).toEqual([
      "code",
      "details",
      "kind",
      "name",
      "retryable",
    ]);
  });
});

describe("isAbort", () => {
  test("knows the signal's own reason, whatever it is, and every AbortError", () => {
    const reason = new TintypeError({
      kind: "limit_exceeded",
      code: "x.deadline",
      message: "late",
    });
    expect(isAbort(reason, AbortSignal.abort(reason))).toBe(true);
    expect(isAbort(AbortSignal.abort().reason)).toBe(true);
    expect(isAbort(reason, new AbortController().signal)).toBe(false);
    expect(isAbort(new Error("other"), AbortSignal.abort())).toBe(false);
  });
});
