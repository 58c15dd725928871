import type { Pixels } from "./image.ts";
import type { Size } from "./limits.ts";
import { createTurns } from "./turns.ts";

/** Writes the samples of the pixel at `x`, `y` into `data`, from index `at` on. */
export type Paint = (data: Buffer, at: number, x: number, y: number) => void;

/** Pixels of a size, each written by `paint`, row by row, in slices that let other work run. */
export async function paintPixels<Channels extends 3 | 4>(
  { width, height }: Size,
  channels: Channels,
  paint: Paint,
): Promise<Pixels & { readonly channels: Channels }> {
  const data = Buffer.alloc(width * height * channels);
  const turn = createTurns(width);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      paint(data, at, x, y);
      at += channels;
    }
    await turn();
  }
  return { data, width, height, channels };
}
