import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import { color, parseColor } from "../options.ts";
import { lumaAt, recolored } from "../recolored.ts";

/** Paint the picture in two colors and what lies between; alpha stays as it is. */
export const duotone = defineStep({
  name: "duotone",
  summary: "Paint the picture in two colors and what lies between.",
  examples: [{}, { dark: "#1b2a49", light: "#ffd8a8" }],
  options: z.strictObject({
    dark: color.default("#1e1548").describe("What black becomes; its alpha is not used."),
    light: color.default("#f7e3b0").describe("What white becomes; its alpha is not used."),
  }),
  async apply(image, given) {
    const [dark, light] = [samples(given.dark), samples(given.light)];
    const pixels = await recolored(await image.pixels(), (data, at, channel) => {
      const from = dark[channel] as number;
      return Math.round(from + (((light[channel] as number) - from) * lumaAt(data, at)) / 255);
    });
    return imageFromPixels(pixels, image.metadata);
  },
});

function samples(text: string): readonly number[] {
  const { r, g, b } = parseColor(text);
  return [r, g, b];
}
