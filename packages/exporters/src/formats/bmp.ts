import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import { flattened } from "../flattened.ts";
import { background } from "../shared-options.ts";
import { writeBmp } from "../write-bmp.ts";

/** BMP: not compressed, for old Windows programs. */
export const bmp = defineExporter({
  name: "bmp",
  summary: "Not compressed; for old Windows programs.",
  examples: [{}, { bits: 24, background: "#f4f1ea" }],
  mediaType: "image/bmp",
  extension: "bmp",
  alpha: true,
  options: z.strictObject({
    bits: z
      .literal([24, 32])
      .optional()
      .describe("24 has no transparency, 32 has; by the picture when left out."),
    background,
  }),
  write: async (pixels, { bits, background: color }) =>
    writeBmp(bits === 24 ? await flattened(pixels, color) : pixels, bits),
});
