import type { Pixels } from "./image.ts";
import type { Box } from "./options.ts";

/** The pixels inside a box that lies within the picture; what is decoded already is cut fastest by rows. */
export function cutPixels({ data, width, channels }: Pixels, box: Box): Pixels {
  const row = box.width * channels;
  const cut = Buffer.allocUnsafe(row * box.height);
  for (let y = 0; y < box.height; y += 1) {
    const from = ((box.top + y) * width + box.left) * channels;
    data.copy(cut, y * row, from, from + row);
  }
  return { data: cut, width: box.width, height: box.height, channels };
}
