import { z } from "zod";

import { defineFact } from "./define-fact.ts";
import { fitted } from "./fact-picture.ts";
import { lumaOverWhite } from "./over-white.ts";

/** Px of the longest side at which it is measured: at 100 px, every picture would be sharp. */
const measuredSide = 512;

/**
 * How much of a picture is edges: the variance of the Laplacian of its luma.
 * Source: Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy" (2000).
 */
export const sharpness = defineFact({
  name: "sharpness",
  summary:
    "The variance of the Laplacian at 512 px, from 0 for an even picture upwards: lower the more blurred, among pictures of one kind.",
  value: z.number().nonnegative(),
  async compute({ pixels }) {
    const measured = await fitted(pixels, measuredSide);
    const { width, height } = measured;
    const luma = lumaOverWhite(measured);
    const at = (x: number, y: number) => luma[y * width + x] as number;
    let [sum, squares] = [0, 0];
    for (let y = 1; y < height - 1; y += 1) {
      for (let x = 1; x < width - 1; x += 1) {
        const edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
        sum += edge;
        squares += edge * edge;
      }
    }
    const count = Math.max(1, (width - 2) * (height - 2));
    return Number(Math.max(0, squares / count - (sum / count) ** 2).toFixed(2));
  },
});
