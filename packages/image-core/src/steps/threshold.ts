import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import { lumaAt, recolored } from "../recolored.ts";

/** Make every pixel black or white; alpha stays as it is. */
export const threshold = defineStep({
  name: "threshold",
  summary: "Make every pixel black or white; alpha stays as it is.",
  examples: [{}, { level: 90 }, { perChannel: true }],
  options: z.strictObject({
    level: z
      .int()
      .min(0)
      .max(255)
      .default(128)
      .describe("What is at least as bright as this (Rec. 709 luma) becomes white."),
    perChannel: z
      .boolean()
      .default(false)
      .describe("Whether red, green and blue are each judged alone, which leaves eight colors."),
  }),
  async apply(image, { level, perChannel }) {
    const pixels = await recolored(await image.pixels(), (data, at, channel) => {
      const sample = perChannel ? (data[at + channel] as number) : Math.round(lumaAt(data, at));
      return sample >= level ? 255 : 0;
    });
    return imageFromPixels(pixels, image.metadata);
  },
});
