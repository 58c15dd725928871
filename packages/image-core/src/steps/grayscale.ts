import { z } from "zod";

import { defineStep } from "../define-step.ts";

/** The luma of Rec. 709, as the CSS filter `grayscale(1)` weighs it (Filter Effects Module Level 1, 9.1). */
const luma: [number, number, number] = [0.2126, 0.7152, 0.0722];

/** Take the color away. */
export const grayscale = defineStep({
  name: "grayscale",
  summary: "Take the color away.",
  examples: [{}],
  options: z.strictObject({}),
  // sharp's own grayscale() drops the alpha channel when raw pixels are asked for.
  apply: (image) => image.open().recomb([luma, luma, luma]),
});
