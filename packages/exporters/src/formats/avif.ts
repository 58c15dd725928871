import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import { keep, quality } from "../shared-options.ts";

/** AVIF: lossy or lossless, with transparency, the smallest. */
export const avif = defineExporter({
  name: "avif",
  summary: "Lossy or lossless, with transparency; the smallest for photographs.",
  examples: [{}, { quality: 60, effort: 0 }],
  mediaType: "image/avif",
  extension: "avif",
  alpha: true,
  maxSide: 16_384,
  options: z.strictObject({
    quality: quality.default(50).describe("1 to 100; 50 looks like a JPEG of 80."),
    lossless: z.boolean().default(false).describe("Keep every pixel."),
    effort: z
      .int()
      .min(0)
      .max(9)
      .default(3)
      .describe(
        "CPU spent on size: 0 takes a tenth of 3; from 4 on it costs five times more for at most 5 %.",
      ),
    chromaSubsampling: z
      .enum(["4:2:0", "4:4:4"])
      .default("4:4:4")
      .describe("4:2:0 halves the resolution of colors: 4 to 10 % smaller."),
    keep,
  }),
  encode: (picture, { quality: q, lossless, effort, chromaSubsampling }) =>
    picture.avif({ quality: q, lossless, effort, chromaSubsampling }),
});
