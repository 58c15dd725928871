import { transformBaseImageProps, type CoreImageAttributes } from "@unpic/core/base";
import { describe, expect, test } from "vitest";

import { createImageUrl } from "./create-image-url.ts";
import { unpicTransformer, type UnpicOperations } from "./unpic-transformer.ts";

const transformer = unpicTransformer(
  createImageUrl({ baseUrl: "https://h.example/img", source: "plain" }),
  { format: "webp" },
);

const at = (width: number, height: number) =>
  `https://h.example/img/unsafe/rt:fill/w:${width}/h:${height}/g:sm/q:70/f:webp/plain/asset://cup`;

describe("unpicTransformer", () => {
  test("writes what a component of unpic asks for", () => {
    const { src, srcset, sizes } = transformBaseImageProps<
      UnpicOperations,
      undefined,
      CoreImageAttributes
    >({
      src: "asset://cup",
      transformer,
      layout: "constrained",
      width: 300,
      aspectRatio: 0.7,
      breakpoints: [300, 600],
      operations: { quality: "70", gravity: "sm" },
    });
    expect(src).toBe(at(300, 429));
    expect(String(srcset).split(",\n")).toEqual([`${at(300, 429)} 300w`, `${at(600, 857)} 600w`]);
    expect(sizes).toBe("(min-width: 300px) 300px, 100vw");
  });

  test("leaves the other side to the picture where only one is asked for", () => {
    expect(transformer(new URL("https://h.example/a.png"), { width: "12.4" })).toBe(
      "https://h.example/img/unsafe/w:12/f:webp/plain/https://h.example/a.png",
    );
  });
});
