import type { RawPicture } from "@tintype/generators";

/** Where the object's and the background's own colors are looked for, in pixels around one that mixes both. */
const reachPx = 6;

/**
 * The picture's colors, freed of the background where the mask is soft: the mean colors of object and background
 * nearby, corrected so that their mixture is the pixel (Forte, "Approximate Fast Foreground Colour Estimation", 2021).
 */
export function freeEdgeColors(
  { data, width, height, channels }: RawPicture,
  mask: Uint8Array,
): Uint8Array {
  const free = new Uint8Array(width * height * 3);
  for (let index = 0; index < mask.length; index++) {
    const alpha = (mask[index] ?? 0) / 255;
    const soft = alpha > 0 && alpha < 1;
    const nearby = soft ? meansAround(index % width, Math.floor(index / width)) : undefined;
    for (const c of [0, 1, 2] as const) {
      const own = data[index * channels + c] ?? 0;
      const [front, behind] = [nearby?.front[c] ?? own, nearby?.behind[c] ?? own];
      const value = front + alpha * (own - alpha * front - (1 - alpha) * behind);
      free[index * 3 + c] = nearby ? Math.min(255, Math.max(0, Math.round(value))) : own;
    }
  }
  return free;

  /** The mean colors around a pixel, weighted by how much each belongs to the object, and to the background. */
  function meansAround(x: number, y: number) {
    const front = [0, 0, 0, 0] as [number, number, number, number];
    const behind = [0, 0, 0, 0] as [number, number, number, number];
    for (let v = Math.max(0, y - reachPx); v <= Math.min(height - 1, y + reachPx); v++)
      for (let u = Math.max(0, x - reachPx); u <= Math.min(width - 1, x + reachPx); u++) {
        const at = v * width + u;
        // Squared, so that what is wholly the one or the other counts most.
        const share = ((mask[at] ?? 0) / 255) ** 2;
        const rest = (1 - (mask[at] ?? 0) / 255) ** 2;
        for (const c of [0, 1, 2] as const) {
          const value = data[at * channels + c] ?? 0;
          front[c] += share * value;
          behind[c] += rest * value;
        }
        front[3] += share;
        behind[3] += rest;
      }
    const mean = (sum: typeof front) =>
      sum[3] > 1e-3 ? ([sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]] as const) : undefined;
    const [object, background] = [mean(front), mean(behind)];
    return object && background ? { front: object, behind: background } : undefined;
  }
}
