import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { color, parseColor } from "../options.ts";

/** Lay the picture on a color; the result has no alpha. */
export const flatten = defineStep({
  name: "flatten",
  summary: "Lay the picture on a color; the result has no alpha.",
  examples: [{}, { background: "#202830" }],
  options: z.strictObject({
    background: color.default("#ffffff").describe("The color behind the picture."),
  }),
  apply: (image, { background }) =>
    image.hasAlpha ? image.open().flatten({ background: parseColor(background) }) : image,
});
