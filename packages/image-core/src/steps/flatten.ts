import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { flattenPixels } from "../flatten-pixels.ts";
import { imageFromOwnPixels } from "../image.ts";
import { color } from "../options.ts";

/** Lay the picture on a color; the result has no alpha. */
export const flatten = defineStep({
  name: "flatten",
  summary: "Lay the picture on a color; the result has no alpha.",
  examples: [{}, { background: "#202830" }],
  options: z.strictObject({
    background: color.default("#ffffff").describe("The color behind the picture."),
  }),
  apply: async (image, { background }) =>
    image.hasAlpha
      ? imageFromOwnPixels(await flattenPixels(await image.pixels(), background), image.metadata)
      : image,
});
