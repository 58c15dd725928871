import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import { keep, quality } from "../shared-options.ts";

/** WebP: lossy or lossless, with transparency. */
export const webp = defineExporter({
  name: "webp",
  summary: "Lossy or lossless, with transparency; smaller than JPEG and PNG.",
  examples: [{}, { quality: 90, effort: 2 }, { mode: "lossless" }],
  mediaType: "image/webp",
  extension: "webp",
  alpha: true,
  maxSide: 16_383,
  options: z.strictObject({
    quality: quality.default(80).describe("1 to 100; in the lossless modes, how hard to compress."),
    mode: z
      .enum(["lossy", "lossless", "near-lossless"])
      .default("lossy")
      .describe("near-lossless changes pixels a little so that they compress better."),
    effort: z
      .int()
      .min(0)
      .max(6)
      .default(4)
      .describe("CPU spent on size: 2 takes half the time of 4, 6 up to eighteen times."),
    alphaQuality: quality.default(100).describe("1 to 100, of the transparency."),
    keep,
  }),
  encode: (picture, { quality: q, mode, effort, alphaQuality }) =>
    picture.webp({
      quality: q,
      effort,
      alphaQuality,
      lossless: mode === "lossless",
      nearLossless: mode === "near-lossless",
    }),
});
