import { z } from "zod";

import { area, areaWithin } from "../area.ts";
import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import { pixelateArea } from "../pixelate-area.ts";

/** Show the picture, or an area of it, in coarse squares. */
export const pixelate = defineStep({
  name: "pixelate",
  summary: "Show the picture, or an area of it, in coarse squares.",
  examples: [{}, { block: 24, area: { left: 40, top: 30, width: 160, height: 120 } }],
  options: z.strictObject({
    block: z
      .int()
      .min(2)
      .max(10_000)
      .default(12)
      .meta({ unit: "px" })
      .describe("Side of a square, in px."),
    area: area
      .optional()
      .describe("The part to coarsen; the whole picture when left out. To hide something, redact."),
  }),
  async apply(image, given) {
    const { data, ...rest } = await image.pixels();
    const pixels = { ...rest, data: Buffer.from(data) };
    const part = given.area ?? { left: 0, top: 0, width: rest.width, height: rest.height };
    await pixelateArea(pixels, areaWithin("pixelate", rest, part), given.block);
    return imageFromPixels(pixels, image.metadata);
  },
});
