import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import { distance } from "../options.ts";
import { covered } from "../recolored.ts";

const corner = z.boolean().default(true);

/** Round the picture's corners off; what lies beyond becomes transparent. */
export const roundCorners = defineStep({
  name: "round-corners",
  summary: "Round the corners off; what lies beyond becomes transparent.",
  examples: [{ radius: 24 }, { percent: 50 }, { percent: 20, bottomLeft: false }],
  options: z
    .strictObject({
      radius: distance.optional().meta({ unit: "px" }).describe("Radius of the corners, in px."),
      percent: z
        .number()
        .min(0)
        .max(50)
        .optional()
        .describe(
          "Instead of radius: percent of the shorter side; 50 makes a square a circle. 10 when both are left out.",
        ),
      topLeft: corner.describe("Whether the top left corner is rounded."),
      topRight: corner.describe("Whether the top right corner is rounded."),
      bottomRight: corner.describe("Whether the bottom right corner is rounded."),
      bottomLeft: corner.describe("Whether the bottom left corner is rounded."),
    })
    .refine(({ radius, percent }) => radius === undefined || percent === undefined, {
      error: "give radius or percent, not both",
    }),
  async apply(image, given) {
    const { width, height } = image;
    const shorter = Math.min(width, height);
    const wished = given.radius ?? (shorter * (given.percent ?? 10)) / 100;
    const radius = Math.min(wished, shorter / 2);
    const pixels = await covered(await image.pixels(), (x, y) => {
      const [left, top] = [x + 0.5 < width / 2, y + 0.5 < height / 2];
      const rounded = top
        ? left
          ? given.topLeft
          : given.topRight
        : left
          ? given.bottomLeft
          : given.bottomRight;
      if (!rounded) return 1;
      // How far the middle of the pixel lies beyond the start of the curve, in each axis.
      const beyondX = radius - Math.min(x + 0.5, width - x - 0.5);
      const beyondY = radius - Math.min(y + 0.5, height - y - 0.5);
      if (beyondX <= 0 || beyondY <= 0) return 1;
      return Math.min(1, Math.max(0, radius - Math.hypot(beyondX, beyondY) + 0.5));
    });
    return imageFromPixels(pixels, image.metadata);
  },
});
