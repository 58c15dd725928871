import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import { keep } from "../shared-options.ts";

/** PNG: lossless, with transparency. */
export const png = defineExporter({
  name: "png",
  summary: "Lossless, with transparency.",
  examples: [{}, { palette: true, colors: 16 }],
  mediaType: "image/png",
  extension: "png",
  alpha: true,
  options: z.strictObject({
    compressionLevel: z
      .int()
      .min(0)
      .max(9)
      .default(3)
      .describe("0 is fast and large, 9 is slow and hardly smaller than 6; always lossless."),
    palette: z
      .boolean()
      .default(false)
      .describe("Reduce to a palette: lossy, slow, and much smaller."),
    colors: z
      .literal([2, 4, 16, 256])
      .default(256)
      .describe("Colors of the palette; PNG packs them into 1, 2, 4 or 8 bits a pixel."),
    dither: z.number().min(0).max(1).default(1).describe("Dithering of the palette."),
    progressive: z.boolean().default(false).describe("Interlaced (Adam7): shown early, larger."),
    keep,
  }),
  encode: (picture, { compressionLevel, palette, colors, dither, progressive }) =>
    picture.png({
      compressionLevel,
      progressive,
      // Without it a photograph becomes 1.6 times as large and takes longer.
      adaptiveFiltering: !palette,
      ...(palette && { palette, colours: colors, dither }),
    }),
});
