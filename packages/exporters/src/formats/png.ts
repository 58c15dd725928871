import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import { chooseCompression } from "../png/choose-compression.ts";
import { writePng } from "../png/write-png.ts";
import { keep, profile } from "../shared-options.ts";

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
      .default(6)
      .describe(
        "0 stores, 9 tries hardest; always lossless. More than 4 is spent only where it pays, on flat art, unless the profile is small.",
      ),
    profile: profile.describe(
      "fast: never match strings in photographs; small: spend the compression level on every picture.",
    ),
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
  write: (pixels, { palette, progressive, ...effort }) =>
    palette || progressive
      ? undefined
      : chooseCompression(pixels, effort).then((compression) => writePng(pixels, compression)),
  encode: (picture, { compressionLevel, palette, colors, dither, progressive }) =>
    picture.png({
      compressionLevel,
      progressive,
      // Without it a photograph becomes 1.6 times as large and takes longer.
      adaptiveFiltering: !palette,
      ...(palette && { palette, colours: colors, dither }),
    }),
});
