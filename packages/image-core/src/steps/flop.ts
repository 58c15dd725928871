import { z } from "zod";

import { defineStep } from "../define-step.ts";

/** Mirror the picture left to right. */
export const flop = defineStep({
  name: "flop",
  summary: "Mirror the picture left to right.",
  examples: [{}],
  options: z.strictObject({}),
  apply: (image) => image.open().flop(),
});
