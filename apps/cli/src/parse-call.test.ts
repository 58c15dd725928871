import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { formatCall } from "./format-call.ts";
import { parseCall } from "./parse-call.ts";

describe("the short form of a call", () => {
  test.each([
    ["flip", { step: "flip" }],
    ["flip:", { step: "flip" }],
    ["resize:width=800,fit=cover", { step: "resize", width: 800, fit: "cover" }],
    ["resize: width = 800 , fit = cover ", { step: "resize", width: 800, fit: "cover" }],
    ['a:on=true,off=null,text="5"', { step: "a", on: true, off: null, text: "5" }],
    ["a:color=rgb(1,2,3),x=1", { step: "a", color: "rgb(1,2,3)", x: 1 }],
    ['a:at={"x":1,"y":[2,3]},b=1', { step: "a", at: { x: 1, y: [2, 3] }, b: 1 }],
    ['a:text="x,\\"y=1",b=1', { step: "a", text: 'x,"y=1', b: 1 }],
    ["a:url=https://a.example/?b=c", { step: "a", url: "https://a.example/?b=c" }],
    ["a:text=🐞,b=1", { step: "a", text: "🐞", b: 1 }],
    ["a:text=", { step: "a", text: "" }],
  ])("%s is read as %j", (text, call) => {
    expect(parseCall("step", text)).toEqual(call);
  });

  test.each(["resize:width", "resize:=5", "resize:800", "resize:width=8,cover"])(
    "%s is refused with the form to use",
    (text) => {
      expect(() => parseCall("step", text)).toThrow(/should read name:option=value,option=value/u);
    },
  );

  test("reads back every call that it writes", () => {
    const option = fc.stringMatching(/^[a-zA-Z]{1,8}$/u).filter((name) => name !== "step");
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("true", "5", '"', ",", "a=b", "(", "@logo.png", " x ", "🐞,", "\\"),
    );
    const value = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.dictionary(option, value), (options) => {
        // JSON knows no -0.
        const plain = JSON.parse(JSON.stringify(options)) as object;
        expect(parseCall("step", formatCall("crop", plain))).toEqual({ ...plain, step: "crop" });
      }),
      { numRuns: 500 },
    );
  });
});
