import { encode } from "blurhash";
import { z } from "zod";

import { defineFact } from "./define-fact.ts";
import { overWhite } from "./over-white.ts";

/** The most waves that each direction is described by. */
const maxComponents = 4;

/** A BlurHash: a blurred placeholder in about 30 characters. */
export const blurhash = defineFact({
  name: "blurhash",
  summary: "A BlurHash: a blurred placeholder in 6 to 36 characters, over white.",
  value: z.string(),
  compute({ reduced }) {
    const { width, height } = reduced;
    const waves = (side: number) =>
      // As many as there are samples at most: more would describe the same color twice.
      Math.min(side, Math.ceil((maxComponents * side) / Math.max(width, height)));
    return encode(overWhite(reduced), width, height, waves(width), waves(height));
  },
});
