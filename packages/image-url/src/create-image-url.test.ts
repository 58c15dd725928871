import { describe, expect, test } from "vitest";

import { createImageUrl } from "./create-image-url.ts";
import type { ImageOptions } from "./image-options.ts";
import { signPath } from "./sign-path.ts";

const signing = { key: "736563726574", salt: "68656C6C6F" };
const urls = createImageUrl({ baseUrl: "https://x.example/img/", source: "plain" });

describe("signPath", () => {
  const path =
    "/rs:fill:300:400:0/g:sm/aHR0cDovL2V4YW1w/bGUuY29tL2ltYWdl/cy9jdXJpb3NpdHku/anBn.png";

  test("signs the vector of imgproxy's documentation", () => {
    expect(signPath(path, signing)).toBe("oKfUtW34Dvo2BGQehJFR4Nr0_rIjOtdtzJ3QFsUcXH8");
  });

  test("cuts the signature to a size in bytes", () => {
    expect(signPath(path, signing, 8)).toBe("oKfUtW34Dvo");
  });

  test.each(["", "abc", "zz", "0x12"])("refuses %j as a key", (key) => {
    expect(() => signPath(path, { ...signing, key })).toThrow(TypeError);
  });
});

describe("createImageUrl", () => {
  test("writes the source in base64, and the signature over what follows it", () => {
    const signed = createImageUrl({ baseUrl: "https://x.example/img", signing });
    const path = "/w:300/f:webp/bG9jYWw6Ly8vw6QucG5n";
    expect(signed.image("local:///ä.png", { width: 300, format: "webp" })).toBe(
      `https://x.example/img/${signPath(path, signing)}${path}`,
    );
  });

  test("escapes in a plain source what would end it", () => {
    expect(urls.image("https://a.example/b c?d=1@2%20#x")).toBe(
      "https://x.example/img/unsafe/plain/https://a.example/b%20c%3Fd%3D1%402%2520%23x",
    );
  });

  test("writes chained sets with a hyphen between them", () => {
    expect(urls.image("asset://1", [{ width: 500 }, { trim: { threshold: 10 } }])).toBe(
      "https://x.example/img/unsafe/w:500/-/t:10/plain/asset://1",
    );
  });

  test("writes the address of what is known about a source", () => {
    expect(urls.info("asset://1", { blurhash: [4, 3] })).toBe(
      "https://x.example/img/info/unsafe/bh:4:3/plain/asset://1",
    );
  });

  test("refuses a signing pair that is not hexadecimal at once", () => {
    const wrong = { key: "secret", salt: "" };
    expect(() => createImageUrl({ baseUrl: "/img", signing: wrong })).toThrow(TypeError);
  });

  test.each<[string, ImageOptions]>([
    ["pr:sharp:small", { preset: ["sharp", "small"] }],
    ["rt:fill-down/w:1/h:2", { height: 2, width: 1, resizingType: "fill-down" }],
    ["mw:1/mh:2", { minWidth: 1, minHeight: 2 }],
    ["z:2", { zoom: 2 }],
    ["z:2:3", { zoom: [2, 3] }],
    ["dpr:1.5/el:1", { dpr: 1.5, enlarge: true }],
    ["ex:1", { extend: true }],
    ["ex:1:noea:1:2", { extend: { type: "noea", x: 1, y: 2 } }],
    ["exar:1:so", { extendAspectRatio: "so" }],
    ["g:fp:0.2:0.7", { gravity: { type: "fp", x: 0.2, y: 0.7 } }],
    ["g:ea:10", { gravity: { type: "ea", x: 10 } }],
    ["c:0.5:0:sm", { crop: { width: 0.5, height: 0, gravity: "sm" } }],
    ["t:10:ff00ff:1", { trim: { threshold: 10, color: "ff00ff", equalHorizontal: true } }],
    ["t:10:::1", { trim: { threshold: 10, equalVertical: true } }],
    ["pd:1:2:3:4", { padding: [1, 2, 3, 4] }],
    ["pd:5", { padding: 5 }],
    ["ar:0/rot:90/fl:0:1", { autoRotate: false, rotate: 90, flip: { vertical: true } }],
    ["bg:ff8800/a::1.2", { background: "ff8800", adjust: { contrast: 1.2 } }],
    ["gr:0.5:::0.5", { gradient: { opacity: 0.5, start: 0.5 } }],
    ["bl:3/sh:0.5/pix:8", { blur: 3, sharpen: 0.5, pixelate: 8 }],
    ["wm:0.5:re:::0.2", { watermark: { opacity: 0.5, position: "re", scale: 0.2 } }],
    ["wmu:YS5wbmc", { watermarkUrl: "a.png" }],
    ["sm:0/kcr:1/scp:0", { stripMetadata: false, keepCopyright: true, stripColorProfile: false }],
    [
      "q:70/fq:webp:60:avif:40/mb:9000",
      { quality: 70, formatQuality: { webp: 60, avif: 40 }, maxBytes: 9000 },
    ],
    ["skp:gif:png/raw:1", { skipProcessing: ["gif", "png"], raw: true }],
    ["cb:a%2Fb%3A/exp:100", { cachebuster: "a/b:", expires: new Date(100_900) }],
    ["fn:w6QucG5n:1/att:1", { filename: "ä.png", returnAttachment: true }],
  ])("writes %s", (path, options) => {
    expect(urls.image("asset://1", options)).toBe(
      `https://x.example/img/unsafe/${path}/plain/asset://1`,
    );
  });
});
