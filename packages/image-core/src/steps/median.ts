import { z } from "zod";

import { defineStep } from "../define-step.ts";

/** Replace every sample by the median of its neighborhood: specks go, edges stay. */
export const median = defineStep({
  name: "median",
  summary: "Replace every sample by the median around it: specks go, edges stay.",
  examples: [{}, { size: 7 }],
  options: z.strictObject({
    size: z
      .int()
      .min(1)
      .max(51)
      .default(3)
      .meta({ unit: "px" })
      .describe("Width and height of the neighborhood, in px."),
  }),
  // A window larger than the picture is refused by libvips.
  apply: (image, { size }) => image.open().median(Math.min(size, image.width, image.height)),
});
