import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { flattenPixels } from "../flatten-pixels.ts";
import { imageFromOwnPixels, type Image } from "../image.ts";
import { color } from "../options.ts";

/** Bring the picture to RGB, over a background, or to RGBA; the report names the color space it came in. */
export const normalize = defineStep({
  name: "normalize",
  summary: "Bring the picture to RGB, over a background, or to RGBA.",
  examples: [{}, { to: "rgba" }],
  options: z.strictObject({
    to: z.enum(["rgb", "rgba"]).default("rgb").describe("The channels of the result."),
    background: color.default("#ffffff").describe("The color behind what becomes RGB."),
  }),
  async apply(image, { to, background }) {
    const report = { from: colorSpaceOf(image), to };
    if (image.hasAlpha === (to === "rgba")) return { image, report };
    if (to === "rgba") return { image: image.open().ensureAlpha(), report };
    const flat = await flattenPixels(await image.pixels(), background);
    return { image: imageFromOwnPixels(flat, image.metadata), report };
  },
});

/** Our words for libvips' names; it has others for samples of 16 bits. */
const colorSpaces: Readonly<Record<string, string>> = {
  srgb: "rgb",
  rgb16: "rgb",
  "b-w": "grayscale",
  grey16: "grayscale",
};

function colorSpaceOf({ colorSpace = "srgb", hasAlpha }: Image): string {
  const name = colorSpaces[colorSpace] ?? colorSpace;
  if (!hasAlpha) return name;
  return name === "rgb" ? "rgba" : `${name} with alpha`;
}
