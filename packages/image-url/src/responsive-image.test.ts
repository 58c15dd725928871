import { describe, expect, test } from "vitest";

import { createImageUrl } from "./create-image-url.ts";
import { responsiveImage } from "./responsive-image.ts";

const urls = createImageUrl({ baseUrl: "/img", source: "plain" });

describe("responsiveImage", () => {
  test("offers a file for each width, in order and once, and the largest without srcset", () => {
    const widths = [640, 320, 640];
    expect(responsiveImage(urls, "asset://1", { widths, sizes: "50vw", format: "webp" })).toEqual({
      src: "/img/unsafe/w:640/f:webp/plain/asset://1",
      srcset:
        "/img/unsafe/w:320/f:webp/plain/asset://1 320w, /img/unsafe/w:640/f:webp/plain/asset://1 640w",
      sizes: "50vw",
    });
  });

  test("keeps the ratio of width and height at every width", () => {
    const options = { widths: [100, 201], sizes: "100vw", width: 16, height: 9 };
    const { srcset } = responsiveImage(urls, "asset://1", options);
    expect(srcset.match(/w:\d+\/h:\d+/gu)).toEqual(["w:100/h:56", "w:201/h:113"]);
  });

  test("offers a file for each density of a picture with one width", () => {
    expect(responsiveImage(urls, "asset://1", { densities: [2, 1], width: 80 })).toEqual({
      src: "/img/unsafe/w:80/plain/asset://1",
      srcset: "/img/unsafe/w:80/plain/asset://1 1x, /img/unsafe/w:80/dpr:2/plain/asset://1 2x",
    });
  });

  test("refuses a list without any width", () => {
    expect(() => responsiveImage(urls, "asset://1", { widths: [], sizes: "1px" })).toThrow(
      TypeError,
    );
  });
});
