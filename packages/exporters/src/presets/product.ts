import { autoCrop, resize, shadow } from "@tintype/image-core";
import { z } from "zod";

import { definePreset } from "../define-preset.ts";
import { png } from "../formats/png.ts";
import { webp } from "../formats/webp.ts";

/** A cut-out for a shop or a listing. */
export const product = definePreset({
  name: "product",
  summary:
    "A cut-out cropped to its content, with a shadow, as full size, grid and detail picture.",
  examples: [{}, { addShadow: false }],
  options: z.strictObject({
    autoCrop: z.boolean().default(true).describe("Cut away what surrounds the product."),
    addShadow: z.boolean().default(true).describe("Lay a soft shadow under the product."),
  }),
  content: (options) => ({
    steps: [...(options.autoCrop ? [autoCrop()] : []), ...(options.addShadow ? [shadow()] : [])],
    variants: [
      { name: "processed", output: png() },
      {
        name: "grid",
        steps: [resize({ width: 400, height: 300 })],
        output: webp({ quality: 80 }),
      },
      {
        name: "detail",
        steps: [resize({ width: 1200, height: 900 })],
        output: webp({ quality: 85 }),
      },
    ],
  }),
});
