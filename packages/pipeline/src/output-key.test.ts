import { parseKey } from "@tintype/storage";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { outputFolder, outputKey, outputName } from "./output-key.ts";
import { testPipeline } from "./testing/test-pipeline.ts";

const { pipeline } = testPipeline();
const webp = { name: "web", output: { format: "webp" } };
const parse = (fields: object) =>
  pipeline.parse({ source: { kind: "bytes", data: "AAAA" }, variants: [webp], ...fields });
const folderOf = (fields: object, sourceSha256 = "aa") =>
  outputFolder(parse(fields), { prefix: "outputs", sourceSha256 });

describe("the folder of a request's files", () => {
  const resized = { steps: [{ step: "resize", width: 10, fit: "cover" }] };

  test("is the same for requests that mean the same, however they are written", () => {
    const spelled = { steps: [{ fit: "cover", enlarge: false, width: 10, step: "resize" }] };
    expect(folderOf(spelled)).toBe(folderOf(resized));
    expect(folderOf({ preset: { preset: "product", addShadow: true } })).toBe(
      folderOf({ preset: "product" }),
    );
    expect(folderOf({ store: { name: "car" } })).toBe(folderOf({}));
  });

  test("is another one for another picture, step, option, variant or format", () => {
    const folders = [
      folderOf({}),
      folderOf({}, "bb"),
      folderOf(resized),
      folderOf({ steps: [{ step: "resize", width: 11, fit: "cover" }] }),
      folderOf({ variants: [{ ...webp, name: "other" }] }),
      folderOf({ variants: [{ ...webp, output: { format: "webp", quality: 81 } }] }),
      folderOf({ variants: [{ ...webp, output: { format: "png" } }] }),
      folderOf({ variants: [{ ...webp, steps: [{ step: "flip" }] }] }),
    ];
    expect(new Set(folders).size).toBe(folders.length);
    for (const folder of folders) expect(folder).toMatch(/^outputs\/[0-9a-f]{32}$/u);
  });

  test("is the one that the request names, also none", () => {
    expect(folderOf({ store: { folder: "shop/cars" } })).toBe("shop/cars");
    expect(folderOf({ store: { folder: "" } })).toBe("");
  });
});

describe("the key of a file", () => {
  const variant = { name: "web", extension: "webp" };

  test.each([
    [{}, "f/web.webp"],
    [{ store: { name: "car" } }, "f/car.webp"],
    [{ store: { name: "car" }, variants: [webp, { ...webp, name: "b" }] }, "f/car-web.webp"],
  ])("of %j is %s", (fields, key) => {
    expect(outputKey("f", parse(fields), variant)).toBe(key);
  });

  test("stands at the top when the folder is empty", () => {
    expect(outputKey("", parse({}), variant)).toBe("web.webp");
  });
});

describe("the output name of a file", () => {
  test.each([
    ["car.png", "car"],
    ["photos/My Car (1).final.JPG", "My-Car-1-.final"],
    ["C:\\photos\\car.png", "car"],
    ["..", undefined],
    ["../../etc/passwd", "passwd"],
    [".hidden", "hidden"],
    ["-rf.png", "rf"],
    ["図🐞.png", "図"],
    ["u\u0308.png", "ü"],
    ["", undefined],
    ["🐞.png", undefined],
    [`${"a".repeat(300)}.png`, "a".repeat(100)],
    [`${"𝒳".repeat(300)}.png`, "𝒳".repeat(25)],
  ])("of %j is %j", (filename, name) => {
    expect(outputName(filename)).toBe(name);
  });

  test("never leaves its folder, and is a name that a request takes, whatever the file is called", () => {
    const part = fc.oneof(
      fc.constantFrom("..", ".", "/", "\\", "C:", "%2e", "\u202E", "\0", "CON", "a", "ü", "🐞"),
      fc.string({ unit: "binary" }),
    );
    const filename = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(filename, (text) => {
        const name = outputName(text);
        if (name === undefined) return;
        expect(name).not.toMatch(/[/\\\s\p{Cc}]/u);
        const key = outputKey("f", parse({ store: { name } }), { name: "web", extension: "webp" });
        expect(parseKey(key).split("/")).toEqual(["f", `${name}.webp`]);
        expect(outputName(`${name}.png`)).toBe(name);
      }),
      { numRuns: 300 },
    );
  });
});
