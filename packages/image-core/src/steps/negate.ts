import { z } from "zod";

import { defineStep } from "../define-step.ts";

/** Turn every color into its opposite; alpha stays as it is. */
export const negate = defineStep({
  name: "negate",
  summary: "Turn every color into its opposite; alpha stays as it is.",
  examples: [{}],
  options: z.strictObject({}),
  apply: (image) => image.open().negate({ alpha: false }),
});
