import { z } from "zod";

import { defineStep } from "../define-step.ts";

/** Blur the picture by a Gaussian. */
export const blur = defineStep({
  name: "blur",
  summary: "Blur the picture by a Gaussian.",
  examples: [{ sigma: 5 }],
  options: z.strictObject({
    sigma: z
      .number()
      .min(0.3)
      .max(500)
      .meta({ unit: "px" })
      .describe("Width of the Gaussian, in px."),
  }),
  apply: (image, { sigma }) => image.open().blur({ sigma }),
});
