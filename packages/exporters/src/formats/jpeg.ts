import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import {
  background,
  colorSpace,
  keep,
  keepSmaller,
  maxBytes,
  profile,
  quality,
  target,
} from "../shared-options.ts";

/** JPEG: lossy, opaque, read everywhere. */
export const jpeg = defineExporter({
  name: "jpeg",
  summary: "Lossy, opaque, read everywhere.",
  examples: [{}, { quality: 90, chromaSubsampling: "4:4:4", progressive: true }],
  mediaType: "image/jpeg",
  extension: "jpg",
  alpha: false,
  maxSide: 65_500,
  options: z.strictObject({
    quality: quality.default(80).describe("1 to 100."),
    progressive: z
      .boolean()
      .default(false)
      .describe("Shown early; a little smaller, slower to decode."),
    chromaSubsampling: z
      .enum(["4:2:0", "4:4:4"])
      .default("4:2:0")
      .describe("4:4:4 keeps the full resolution of colors."),
    profile: profile.describe(
      "fast: half the CPU, 3 % larger; small: mozjpeg, 3 to 5 % smaller at equal quality, ten times the CPU.",
    ),
    mozjpeg: z.boolean().optional().describe("Use mozjpeg's encoder, whatever the profile."),
    maxBytes,
    target,
    background,
    colorSpace,
    keep,
    keepSmaller,
  }),
  encode: (picture, { quality: q, progressive, chromaSubsampling, profile: cost, mozjpeg }) =>
    picture.jpeg({
      quality: q,
      progressive,
      chromaSubsampling,
      optimiseCoding: cost !== "fast",
      mozjpeg: mozjpeg ?? cost === "small",
    }),
});
