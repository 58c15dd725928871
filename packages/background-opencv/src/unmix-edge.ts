import type { RawPicture } from "@tintype/generators";

import type { Backdrop } from "./backdrop.ts";
import type { Plane } from "./plane.ts";

/** How far the edge's mixture reaches on both sides, in pixels: antialiasing, and JPEG's halved color. */
const reachPx = 2;
/** Where the object's own color is looked for. */
const searchPx = 5;

/**
 * Softens a mask of 0 and 1 along its edge: a pixel there is taken for a mixture of the backdrop and of the object's
 * color nearby; its coverage and its own color follow.
 */
export function unmixEdge(
  { data, width, height, channels }: RawPicture,
  backdrop: Backdrop,
  object: Plane<Uint8Array>,
): { mask: Plane<Uint8Array>; foreground: Uint8Array } {
  const mask = object.data.map((inside) => inside * 255);
  const foreground = new Uint8Array(width * height * 3);
  const behind: [number, number, number] = [0, 0, 0];
  const front: [number, number, number] = [0, 0, 0];
  const nearOther = distanceToOther(object);
  for (let index = 0; index < mask.length; index++) {
    const at = index * channels;
    for (let c = 0; c < 3; c++) foreground[index * 3 + c] = data[at + c] ?? 0;
    if ((nearOther[index] ?? 0) > reachPx) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    if (!coreColor(x, y)) continue;
    backdrop.colorAt((x + 0.5) / width, (y + 0.5) / height, behind);
    let [over, under] = [0, 0];
    for (const c of [0, 1, 2] as const) {
      const way = front[c] - behind[c];
      over += ((data[at + c] ?? 0) - behind[c]) * way;
      under += way * way;
    }
    // An object of the backdrop's color tells nothing: its hard edge stays.
    const alpha = under < 600 ? (object.data[index] ?? 0) : Math.min(1, Math.max(0, over / under));
    mask[index] = Math.round(alpha * 255);
    for (const c of [0, 1, 2] as const) {
      const own = (data[at + c] ?? 0) - (1 - alpha) * behind[c];
      // Little coverage says little about the color: lean on the color nearby.
      const unmixed = alpha > 0.3 ? own / alpha : front[c];
      foreground[index * 3 + c] = Math.min(
        255,
        Math.max(0, Math.round(alpha > 0.98 ? (data[at + c] ?? 0) : unmixed)),
      );
    }
  }
  return { mask: { data: mask, width, height }, foreground };

  /** The mean color of the object's pixels nearby that lie beyond the edge's mixture; false when there are none. */
  function coreColor(x: number, y: number): boolean {
    let [red, green, blue, weight] = [0, 0, 0, 0];
    for (let v = Math.max(0, y - searchPx); v <= Math.min(height - 1, y + searchPx); v++)
      for (let u = Math.max(0, x - searchPx); u <= Math.min(width - 1, x + searchPx); u++) {
        const index = v * width + u;
        if (object.data[index] === 0 || (nearOther[index] ?? 0) <= reachPx) continue;
        const share = 1 / (1 + (u - x) ** 2 + (v - y) ** 2);
        red += share * (data[index * channels] ?? 0);
        green += share * (data[index * channels + 1] ?? 0);
        blue += share * (data[index * channels + 2] ?? 0);
        weight += share;
      }
    if (weight === 0) return false;
    [front[0], front[1], front[2]] = [red / weight, green / weight, blue / weight];
    return true;
  }
}

/** Steps, up and down or sideways, to the nearest pixel of the other kind; counted to 255. */
function distanceToOther({ data, width, height }: Plane<Uint8Array>): Uint8Array {
  const distance = new Uint8Array(width * height).fill(255);
  const relax = (index: number, from: number) => {
    const steps = data[index] === data[from] ? (distance[from] ?? 0) + 1 : 1;
    if (steps < (distance[index] ?? 0)) distance[index] = steps;
  };
  for (let index = 0; index < data.length; index++) {
    if (index % width > 0) relax(index, index - 1);
    if (index >= width) relax(index, index - width);
  }
  for (let index = data.length - 1; index >= 0; index--) {
    if (index % width < width - 1) relax(index, index + 1);
    if (index < data.length - width) relax(index, index + width);
  }
  return distance;
}
