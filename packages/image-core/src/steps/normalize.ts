import { z } from "zod";

import { defineStep } from "../define-step.ts";
import type { Image } from "../image.ts";
import { color, parseColor } from "../options.ts";

/** Bring the picture to RGB, over a background, or to RGBA; the report names the color space it came in. */
export const normalize = defineStep({
  name: "normalize",
  summary: "Bring the picture to RGB, over a background, or to RGBA.",
  examples: [{}, { to: "rgba" }],
  options: z.strictObject({
    to: z.enum(["rgb", "rgba"]).default("rgb").describe("The channels of the result."),
    background: color.default("#ffffff").describe("The color behind what becomes RGB."),
  }),
  apply(image, { to, background }) {
    const report = { from: colorSpaceOf(image), to };
    if (image.hasAlpha === (to === "rgba")) return { image, report };
    return to === "rgba"
      ? { image: image.open().ensureAlpha(), report }
      : { image: image.open().flatten({ background: parseColor(background) }), report };
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
