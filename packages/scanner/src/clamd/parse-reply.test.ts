import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseReply } from "./parse-reply.ts";

describe("clamd's answer", () => {
  test.each([
    ["stream: OK", { verdict: "clean" }],
    ["stream: Eicar-Signature FOUND", { verdict: "infected", signature: "Eicar-Signature" }],
    [
      "stream: Win.Trojan.A-1.UNOFFICIAL FOUND",
      { verdict: "infected", signature: "Win.Trojan.A-1.UNOFFICIAL" },
    ],
    [
      "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND",
      { verdict: "unscanned", reason: "too_large" },
    ],
    ["INSTREAM size limit exceeded. ERROR", { verdict: "unscanned", reason: "too_large" }],
    ["stream: Can't allocate memory ERROR", { verdict: "unscanned", reason: "failed" }],
    ["UNKNOWN COMMAND", { verdict: "unscanned", reason: "failed" }],
    ["", { verdict: "unscanned", reason: "failed" }],
  ])("%j is read as %j", (reply, found) => expect(parseReply(reply)).toEqual(found));

  test("is clean in one form only", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^stream: .{0,9}(OK|FOUND)?$/u)),
        (text) => {
          fc.pre(text !== "stream: OK");
          expect(parseReply(text).verdict).not.toBe("clean");
        },
      ),
    );
  });
});
