import type { Plane } from "./plane.ts";

/** Each pixel's mean over the square of `radius` around it, cut at the picture's rim; a new plane. */
export function boxMean({ data, width, height }: Plane, radius: number): Plane {
  const rows = new Float32Array(data.length);
  const mean = new Float32Array(data.length);
  for (let y = 0; y < height; y++) slide(data, rows, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) slide(rows, mean, x, width, height, radius);
  return { data: mean, width, height };
}

function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let [sum, count] = [0, 0];
  for (let ahead = -radius; ahead < length; ahead++) {
    const entering = ahead + radius;
    if (entering < length) {
      sum += from[start + entering * step] ?? 0;
      count++;
    }
    const leaving = ahead - radius - 1;
    if (leaving >= 0) {
      sum -= from[start + leaving * step] ?? 0;
      count--;
    }
    if (ahead >= 0) to[start + ahead * step] = sum / count;
  }
}

/** Nearly a Gaussian of a sigma, by three box means (Wells, "Efficient Synthesis of Gaussian Filters", 1986). */
export function softened(plane: Plane, sigmaPx: number): Plane {
  let soft = plane;
  const ideal = Math.sqrt((12 * sigmaPx * sigmaPx) / 3 + 1);
  for (let pass = 0; pass < 3; pass++)
    soft = boxMean(soft, Math.max(1, Math.round((ideal - 1) / 2)));
  return soft;
}
