import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import type { Size } from "../limits.ts";
import { distance } from "../options.ts";
import { paintPixels } from "../paint-pixels.ts";

const options = z.strictObject({
  height: z
    .number()
    .min(0.01)
    .max(1)
    .default(0.35)
    .describe("Height of the reflection, as a share of the picture's height."),
  opacity: z
    .number()
    .min(0)
    .max(1)
    .default(0.45)
    .describe("At its upper edge; below it fades out."),
  gap: distance.default(0).meta({ unit: "px" }).describe("Px between picture and reflection."),
});

/** Mirror the picture below itself, fading out; the canvas grows and is transparent there. */
export const reflection = defineStep({
  name: "reflection",
  summary: "Mirror the picture below itself, fading out; the canvas grows.",
  examples: [{}, { height: 0.25, opacity: 0.3, gap: 4 }],
  options,
  size: (given, input) => ({
    width: input.width,
    height: input.height + given.gap + mirroredRows(given, input),
  }),
  async apply(image, given) {
    const { data: from, width, height, channels } = await image.pixels();
    const rows = mirroredRows(given, image);
    const start = height + given.gap;
    const pixels = await paintPixels({ width, height: start + rows }, 4, (data, at, x, y) => {
      if (y >= height && y < start) return;
      const row = y < height ? y : height - 1 - (y - start);
      const strength = y < height ? 1 : given.opacity * (1 - (y - start + 0.5) / rows);
      const own = (row * width + x) * channels;
      data[at] = from[own] as number;
      data[at + 1] = from[own + 1] as number;
      data[at + 2] = from[own + 2] as number;
      data[at + 3] = Math.round((channels === 4 ? (from[own + 3] as number) : 255) * strength);
    });
    return imageFromPixels(pixels, image.metadata);
  },
});

function mirroredRows({ height: share }: z.output<typeof options>, { height }: Size): number {
  return Math.max(1, Math.round(height * share));
}
