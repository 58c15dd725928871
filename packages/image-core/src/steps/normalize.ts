import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { color, parseColor } from "../options.ts";

/** Bring the picture to RGB, over a background, or to RGBA. */
export const normalize = defineStep({
  name: "normalize",
  summary: "Bring the picture to RGB, over a background, or to RGBA.",
  examples: [{}, { to: "rgba" }],
  options: z.strictObject({
    to: z.enum(["rgb", "rgba"]).default("rgb").describe("The channels of the result."),
    background: color.default("#ffffff").describe("The color behind what becomes RGB."),
  }),
  apply(image, { to, background }) {
    if (image.hasAlpha === (to === "rgba")) return image;
    return to === "rgba"
      ? image.open().ensureAlpha()
      : image.open().flatten({ background: parseColor(background) });
  },
});
