import { z } from "zod";

import { animationTiming } from "../animation-timing.ts";
import { defineExporter } from "../define-exporter.ts";
import { delayMs, keepSmaller, loop } from "../shared-options.ts";

/** GIF: at most 256 colors a frame, with animation. */
export const gif = defineExporter({
  name: "gif",
  summary: "At most 256 colors a frame, parts wholly transparent or not at all; for animations.",
  examples: [{}, { colors: 16, dither: 0.5 }, { loop: 0, delayMs: 100 }],
  mediaType: "image/gif",
  extension: "gif",
  alpha: true,
  animation: true,
  maxSide: 65_535,
  options: z.strictObject({
    colors: z.literal([2, 4, 16, 256]).default(256).describe("Colors of the palette, at most."),
    dither: z.number().min(0).max(1).default(1).describe("How far colors are mixed of dots."),
    effort: z.int().min(1).max(10).default(7).describe("CPU spent on the palette."),
    progressive: z.boolean().default(false).describe("Interlaced: shown early, larger."),
    delayMs,
    loop,
    keepSmaller,
  }),
  encode: (picture, { colors, dither, effort, progressive, ...timing }, image) =>
    picture.gif({
      colours: colors,
      dither,
      effort,
      progressive,
      // Frames that look alike would become one otherwise.
      keepDuplicateFrames: true,
      ...animationTiming(image, timing),
    }),
});
