import { z } from "zod";

import { defineStep } from "../define-step.ts";
import type { Size } from "../limits.ts";

/** Scale the picture by a factor, such as a screen's device pixel ratio; `resize` also takes one, and loses less. */
export const dpr = defineStep({
  name: "dpr",
  summary: "Scale the picture by a factor, such as a screen's device pixel ratio.",
  examples: [{ factor: 0.5 }, { factor: 2 }],
  options: z.strictObject({
    factor: z
      .number()
      .min(0.01)
      .max(10)
      .describe(
        "Factor of width and height. To serve one layout at several ratios, give resize its dpr instead: it scales once, from all pixels.",
      ),
  }),
  size: ({ factor }, input) => scaledSize(input, factor),
  apply: (image, { factor }) =>
    factor === 1
      ? image
      : image
          .open(scaledSize(image, factor))
          .resize({ ...scaledSize(image, factor), fit: "fill", fastShrinkOnLoad: false }),
});

function scaledSize({ width, height }: Size, factor: number): Size {
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}
