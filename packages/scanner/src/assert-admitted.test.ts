import { isTintypeError } from "@tintype/errors";
import { describe, expect, test } from "vitest";

import { assertAdmitted, scanModes, unscannedReasons } from "./index.ts";
import type { ScanVerdict } from "./index.ts";

function refusalOf(...given: Parameters<typeof assertAdmitted>) {
  try {
    assertAdmitted(...given);
    return undefined;
  } catch (error) {
    if (isTintypeError(error)) return error;
    throw error;
  }
}

describe.each(scanModes)("in %s", (mode) => {
  test("a clean file is kept, and an infected one is not", () => {
    expect(assertAdmitted({ verdict: "clean" }, mode)).toEqual({ verdict: "clean" });
    const found: ScanVerdict = { verdict: "infected", signature: "Eicar" };
    expect(refusalOf(found, mode)).toMatchObject({
      kind: "forbidden",
      code: "scanner.infected",
      details: { signature: "Eicar" },
      retryable: false,
    });
  });
});

describe.each(unscannedReasons)("a file that is unscanned (%s)", (reason) => {
  const found: ScanVerdict = { verdict: "unscanned", reason };

  test("is refused in fail-secure, retryably where another try may give a verdict", () => {
    expect(refusalOf(found, "fail-secure")).toMatchObject({
      kind: reason === "too_large" ? "limit_exceeded" : "unavailable",
      code: "scanner.unscanned",
      details: { reason },
      retryable: reason === "timeout" || reason === "unavailable",
    });
  });

  test("is kept as unscanned in fail-safe", () => {
    expect(assertAdmitted(found, "fail-safe")).toEqual(found);
  });
});
