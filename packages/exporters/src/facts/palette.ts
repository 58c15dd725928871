import { z } from "zod";

import { clusterColors } from "./cluster-colors.ts";
import { defineFact } from "./define-fact.ts";

/** `#rrggbb`. */
const hexColor = z.string().regex(/^#[0-9a-f]{6}$/u);
const maxColors = 6;

/** The colors that a picture is made of. */
export const palette = defineFact({
  name: "palette",
  summary:
    "Up to 6 colors that the picture is made of, each with its share of what is not transparent; the largest first.",
  value: z.array(z.object({ color: hexColor, share: z.number() })),
  compute: ({ reduced }) => [...clusterColors(reduced, maxColors)],
});

/** The color of a picture's largest part. */
export const dominantColor = defineFact({
  name: "dominantColor",
  summary: "The first color of the palette; null where all is transparent.",
  value: hexColor.nullable(),
  compute: ({ reduced }) => clusterColors(reduced, maxColors)[0]?.color ?? null,
});
