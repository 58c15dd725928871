import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels, readPixels } from "../image.ts";
import { color, parseColor } from "../options.ts";
import { recolored } from "../recolored.ts";

/** Bathe the picture in one color: lightness stays, hue and chroma become the color's (CIE Lab). */
export const tint = defineStep({
  name: "tint",
  summary: "Bathe the picture in one color; its lightness stays.",
  examples: [{ color: "#ff8800" }, { color: "steelblue", strength: 0.5 }],
  options: z.strictObject({
    color: color.describe("The color whose hue and chroma the picture gets."),
    strength: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe("Share of the tinted picture; the rest is the picture as it was."),
  }),
  async apply(image, given) {
    const { r, g, b } = parseColor(given.color);
    const own = await image.pixels();
    const tinted = await readPixels(imageFromPixels(own).open().tint({ r, g, b }));
    const pixels = await recolored(own, (data, at, channel) => {
      const before = data[at + channel] as number;
      const after = tinted.data[(at / own.channels) * tinted.channels + channel] as number;
      return Math.round(before + (after - before) * given.strength);
    });
    return imageFromPixels(pixels, image.metadata);
  },
});
