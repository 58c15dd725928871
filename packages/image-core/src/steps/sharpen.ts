import { z } from "zod";

import { defineStep } from "../define-step.ts";

/** Sharpen the picture's lightness; colors stay as they are. */
export const sharpen = defineStep({
  name: "sharpen",
  summary: "Sharpen the picture's lightness; colors stay as they are.",
  examples: [{}, { sigma: 1.5, jagged: 3 }],
  options: z.strictObject({
    sigma: z
      .number()
      .min(0.1)
      .max(10)
      .default(0.8)
      .meta({ unit: "px" })
      .describe("Width of the mask, in px."),
    flat: z.number().min(0).max(100).default(1).describe("How much flat areas are sharpened."),
    jagged: z.number().min(0).max(100).default(2).describe("How much edges are sharpened."),
  }),
  apply: (image, { sigma, flat, jagged }) => image.open().sharpen({ sigma, m1: flat, m2: jagged }),
});
