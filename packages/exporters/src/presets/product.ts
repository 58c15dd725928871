import { autoCrop, removeBackground, resize, shadow } from "@tintype/image-core";
import { z } from "zod";

import { definePreset } from "../define-preset.ts";
import { png } from "../formats/png.ts";
import { webp } from "../formats/webp.ts";
import { profile } from "../shared-options.ts";

/** A cut-out for a shop or a listing. */
export const product = definePreset({
  name: "product",
  summary:
    "A cut-out cropped to its content, with a shadow, as full size, grid and detail picture.",
  examples: [{}, { addShadow: false }, { removeBackground: "chroma" }],
  options: z.strictObject({
    removeBackground: z
      .union([z.boolean(), removeBackground.options.shape.engine.unwrap()])
      .default(false)
      .describe(
        "Cut the product out first, where the picture has no transparency yet: true for the engine auto, or an engine's name.",
      ),
    autoCrop: z.boolean().default(true).describe("Cut away what surrounds the product."),
    addShadow: z.boolean().default(true).describe("Lay a soft shadow under the product."),
    profile: profile.describe("What the encoders spend CPU on."),
  }),
  content: ({ removeBackground: engine, autoCrop: isCropped, addShadow, ...options }) => ({
    steps: [
      ...(engine === false ? [] : [removeBackground(engine === true ? {} : { engine })]),
      ...(isCropped ? [autoCrop()] : []),
      ...(addShadow ? [shadow()] : []),
    ],
    variants: [
      { name: "processed", output: png(options) },
      {
        name: "grid",
        steps: [resize({ width: 400, height: 300 })],
        output: webp({ quality: 80, ...options }),
      },
      {
        name: "detail",
        steps: [resize({ width: 1200, height: 900 })],
        output: webp({ quality: 85, ...options }),
      },
    ],
  }),
});
