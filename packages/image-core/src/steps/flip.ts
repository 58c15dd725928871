import { z } from "zod";

import { defineStep } from "../define-step.ts";

/** Mirror the picture top to bottom. */
export const flip = defineStep({
  name: "flip",
  summary: "Mirror the picture top to bottom.",
  examples: [{}],
  options: z.strictObject({}),
  apply: (image) => image.open().flip(),
});
