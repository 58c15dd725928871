import { imageFromPixels, readPixels } from "@tintype/image-core";
import { z } from "zod";

import { defineFact } from "./define-fact.ts";
import { lumaOverWhite } from "./over-white.ts";

/** Px a side of the picture that is transformed, and how many of its lowest frequencies count in each direction. */
const side = 32;
const kept = 8;

/**
 * Which of the 64 lowest frequencies are stronger than their median: alike for pictures that look alike.
 * Source: N. Krawetz, "Looks Like It" (2011), with the constant part kept, as in the Python library ImageHash.
 */
export const perceptualHash = defineFact({
  name: "perceptualHash",
  summary:
    "64 bits in hex that stay nearly the same when a picture is resized or compressed; compare two by the bits that differ.",
  value: z.string().regex(/^[0-9a-f]{16}$/u),
  async compute({ reduced }) {
    const square = imageFromPixels(reduced).open().resize(side, side, { fit: "fill" });
    const strengths = lowFrequencies(lumaOverWhite(await readPixels(square)));
    const [below = 0, above = 0] = strengths.toSorted((a, b) => a - b).slice(31, 33);
    const bits = strengths.map((strength) => (strength > (below + above) / 2 ? "1" : "0")).join("");
    return BigInt(`0b${bits}`).toString(16).padStart(16, "0");
  },
});

/** The first 8 × 8 numbers of the two-dimensional DCT-II, row by row. */
function lowFrequencies(luma: Float64Array): number[] {
  const rows = Array.from({ length: side }, (_, y) =>
    wave(luma.subarray(y * side, (y + 1) * side)),
  );
  const columns = Array.from({ length: kept }, (_, u) =>
    wave(Float64Array.from(rows, (row) => row[u] as number)),
  );
  return Array.from({ length: kept * kept }, (_, at) => {
    const strength = columns[at % kept]?.[Math.floor(at / kept)] ?? 0;
    // What is nothing but the rounding of cosines must not become bits.
    return Math.round(strength * 1e6) / 1e6;
  });
}

function wave(samples: Float64Array): number[] {
  return Array.from({ length: kept }, (_, frequency) =>
    samples.reduce(
      (sum, sample, at) =>
        sum + sample * Math.cos((Math.PI * frequency * (2 * at + 1)) / (2 * side)),
      0,
    ),
  );
}
