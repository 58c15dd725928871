import { z } from "zod";

import { contentBox } from "../content-box.ts";
import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import { color } from "../options.ts";

/** Cut the picture to its content exactly: `auto-crop` without padding or limits. */
export const trim = defineStep({
  name: "trim",
  summary: "Cut away transparent or single-colored edges, to the pixel.",
  examples: [{}, { background: "#ffffff", threshold: 20 }],
  options: z.strictObject({
    threshold: z
      .int()
      .min(0)
      .max(254)
      .default(10)
      .describe(
        "An edge pixel goes when its alpha, or its difference from the background, is at most this.",
      ),
    background: color
      .optional()
      .describe(
        "Background of a picture without transparency; the color of its corners when left out.",
      ),
  }),
  async apply(image, given) {
    const pixels = await image.pixels();
    const box = await contentBox(pixels, given);
    return box
      ? {
          image: imageFromPixels(pixels)
            .open()
            .extract({ ...box }),
          report: { box },
        }
      : { image, report: { reason: "no content found" } };
  },
});
