import { z } from "zod";

import { animationTiming } from "../animation-timing.ts";
import { defineExporter } from "../define-exporter.ts";
import {
  colorSpace,
  delayMs,
  keep,
  keepSmaller,
  loop,
  maxBytes,
  profile,
  quality,
  searchNeedsLoss,
  target,
} from "../shared-options.ts";

/** WebP: lossy or lossless, with transparency. */
export const webp = defineExporter({
  name: "webp",
  summary: "Lossy or lossless, with transparency; smaller than JPEG and PNG.",
  examples: [{}, { quality: 90, effort: 2 }, { mode: "lossless" }],
  mediaType: "image/webp",
  extension: "webp",
  alpha: true,
  animation: true,
  maxSide: 16_383,
  options: z
    .strictObject({
      quality: quality
        .default(80)
        .describe("1 to 100; in the lossless modes, how hard to compress."),
      mode: z
        .enum(["lossy", "lossless", "near-lossless"])
        .default("lossy")
        .describe("near-lossless changes pixels a little so that they compress better."),
      profile: profile.describe("fast: effort 2, half the CPU; balanced and small: effort 4."),
      effort: z
        .int()
        .min(0)
        .max(6)
        .optional()
        .describe(
          "CPU spent on size, instead of the profile's: 6 can take eighteen times that of 4.",
        ),
      alphaQuality: quality.default(100).describe("1 to 100, of the transparency."),
      maxBytes,
      target,
      delayMs,
      loop,
      colorSpace,
      keep,
      keepSmaller,
    })
    .refine(
      ({ mode, maxBytes: most, target: least }) =>
        mode === "lossy" || (most === undefined && least === undefined),
      searchNeedsLoss,
    ),
  encode: (picture, { quality: q, mode, profile: cost, effort, alphaQuality, ...timing }, image) =>
    picture.webp({
      quality: q,
      effort: effort ?? (cost === "fast" ? 2 : 4),
      alphaQuality,
      lossless: mode === "lossless",
      nearLossless: mode === "near-lossless",
      ...animationTiming(image, timing),
    }),
});
