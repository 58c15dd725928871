import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { lumaWeights } from "../recolored.ts";

/** Take the color away. */
export const grayscale = defineStep({
  name: "grayscale",
  summary: "Take the color away.",
  examples: [{}],
  options: z.strictObject({}),
  // sharp's own grayscale() drops the alpha channel when raw pixels are asked for.
  apply: (image) => image.open().recomb([lumaWeights, lumaWeights, lumaWeights]),
});
