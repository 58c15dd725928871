import type { RawPicture } from "@tintype/generators";

import type { RgbPicture } from "./plane.ts";

/** The picture's colors at most `maxSidePx` on its longer side: each pixel the mean of those that it stands for. */
export function reducePicture(picture: RawPicture, maxSidePx: number): RgbPicture {
  const scale = Math.min(1, maxSidePx / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const columns = edgesOf(width, picture.width);
  const rows = edgesOf(height, picture.height);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const box = [columns[x] ?? 0, rows[y] ?? 0, columns[x + 1] ?? 0, rows[y + 1] ?? 0] as const;
      writeMean(picture, box, data, (y * width + x) * 3);
    }
  return { data, width, height };
}

/** Where each of `count` parts of a length begins, and the length itself. */
function edgesOf(count: number, length: number): number[] {
  return Array.from({ length: count + 1 }, (_, index) => Math.floor((index * length) / count));
}

function writeMean(
  { data, width, channels }: RawPicture,
  [left, top, right, bottom]: readonly [number, number, number, number],
  target: Uint8Array,
  offset: number,
): void {
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (let at = (y * width + left) * channels; at < (y * width + right) * channels;) {
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
      at += channels;
    }
  const count = (right - left) * (bottom - top);
  target[offset] = Math.round(red / count);
  target[offset + 1] = Math.round(green / count);
  target[offset + 2] = Math.round(blue / count);
}
