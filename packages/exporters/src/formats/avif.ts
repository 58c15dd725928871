import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import {
  colorSpace,
  keep,
  keepSmaller,
  maxBytes,
  profile,
  quality,
  searchNeedsLoss,
  target,
} from "../shared-options.ts";

const efforts = { fast: 0, balanced: 1, small: 3 } as const;

/** AVIF: lossy or lossless, with transparency, the smallest. */
export const avif = defineExporter({
  name: "avif",
  summary: "Lossy or lossless, with transparency; the smallest for photographs.",
  examples: [{}, { quality: 60, effort: 0 }],
  mediaType: "image/avif",
  extension: "avif",
  alpha: true,
  maxSide: 16_384,
  options: z
    .strictObject({
      quality: quality.default(50).describe("1 to 100; 50 looks like a JPEG of 80."),
      lossless: z.boolean().default(false).describe("Keep every pixel."),
      profile: profile.describe(
        "fast: effort 0; balanced: effort 1, twice the CPU for up to 15 % less; small: effort 3, three times that for another 5 %.",
      ),
      effort: z
        .int()
        .min(0)
        .max(9)
        .optional()
        .describe(
          "CPU spent on size, instead of the profile's: from 4 on it costs five times that of 3 for at most 5 %.",
        ),
      chromaSubsampling: z
        .enum(["4:2:0", "4:4:4"])
        .default("4:2:0")
        .describe(
          "Resolution of colors: 4:4:4 keeps it, for drawings and colored text, in files 3 to 10 % larger.",
        ),
      maxBytes,
      target,
      bitDepth: z
        .literal([8, 10, 12])
        .default(8)
        .describe("Bits a sample in the file; the picture has 8, more lose less of them."),
      colorSpace,
      keep,
      keepSmaller,
    })
    .refine(
      ({ lossless, maxBytes: most, target: least }) =>
        !lossless || (most === undefined && least === undefined),
      searchNeedsLoss,
    ),
  encode: (picture, { quality: q, lossless, profile: cost, effort, chromaSubsampling, bitDepth }) =>
    picture.avif({
      quality: q,
      lossless,
      bitdepth: bitDepth,
      effort: effort ?? efforts[cost],
      chromaSubsampling: lossless ? "4:4:4" : chromaSubsampling,
      // Judged by SSIM, what it spends bytes on is nearer to the picture than what the default does.
      tune: "ssim",
    }),
});
