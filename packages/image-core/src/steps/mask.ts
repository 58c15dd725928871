import { z } from "zod";

import { coveringPixels } from "../covering-pixels.ts";
import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import { covered, lumaAt } from "../recolored.ts";

/** Cut the picture out by another one: its brightness, or its alpha, becomes this picture's alpha. */
export const mask = defineStep({
  name: "mask",
  summary: "Cut the picture out by the brightness or the alpha of another one.",
  examples: [{ image: "mask.png" }, { image: "logo.png", from: "alpha", invert: true }],
  options: z.strictObject({
    image: z
      .string()
      .min(1)
      .describe("The mask: an http(s) URL, a data: URL, or the key of a stored object."),
    from: z
      .enum(["luma", "alpha"])
      .default("luma")
      .describe(
        "luma: white keeps, black cuts away, on black where transparent; alpha: its alpha.",
      ),
    invert: z.boolean().default(false).describe("Whether to keep what would be cut away."),
    fit: z
      .enum(["fill", "cover"])
      .default("fill")
      .describe("How the mask is brought to the picture's size: stretched, or filled and cut."),
  }),
  async apply(image, { image: reference, from, invert, fit }, context) {
    const shape = await coveringPixels(await context.load(reference), image, fit);
    const { data, width, channels } = shape;
    const pixels = await covered(await image.pixels(), (x, y) => {
      const at = (y * width + x) * channels;
      const alpha = channels === 4 ? (data[at + 3] as number) / 255 : 1;
      const kept = from === "alpha" ? alpha : (lumaAt(data, at) / 255) * alpha;
      return invert ? 1 - kept : kept;
    });
    return imageFromPixels(pixels, image.metadata);
  },
});
