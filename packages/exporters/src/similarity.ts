import { setImmediate as nextTurn } from "node:timers/promises";

import type { Pixels } from "@tintype/image-core";

const side = 8;
const step = 4;
const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];

/**
 * How alike two opaque pictures of one size are, 1 for equal ones: the mean structural similarity (SSIM) of their luma
 * in windows of 8 × 8 px, by Wang, Bovik, Sheikh and Simoncelli, 2004.
 */
export async function similarity(left: Pixels, right: Pixels): Promise<number> {
  const { width, height } = left;
  const [a, b] = [luma(left), luma(right)];
  let sum = 0;
  let windows = 0;
  // A picture smaller than a window is one window, of what there is.
  for (let y = 0; y === 0 || y + side <= height; y += step) {
    for (let x = 0; x === 0 || x + side <= width; x += step) {
      sum += windowSimilarity(a, b, width, height, x, y);
      windows += 1;
    }
    if (y % 256 === 0) await nextTurn();
  }
  return sum / windows;
}

function windowSimilarity(
  a: Uint8Array,
  b: Uint8Array,
  width: number,
  height: number,
  left: number,
  top: number,
): number {
  const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
  const count = (right - left) * (bottom - top);
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let at = y * width + left; at < y * width + right; at += 1) {
      const [one, other] = [a[at] as number, b[at] as number];
      sumA += one;
      sumB += other;
      sumAA += one * one;
      sumBB += other * other;
      sumAB += one * other;
    }
  }
  const [meanA, meanB] = [sumA / count, sumB / count];
  const variances = sumAA / count - meanA * meanA + sumBB / count - meanB * meanB;
  const covariance = sumAB / count - meanA * meanB;
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA * meanA + meanB * meanB + c1) * (variances + c2))
  );
}

/** Rec. 601, as in JPEG. */
function luma({ data, channels, width, height }: Pixels): Uint8Array {
  const result = new Uint8Array(width * height);
  for (let index = 0, at = 0; index < result.length; index += 1, at += channels) {
    result[index] =
      0.299 * (data[at] as number) +
      0.587 * (data[at + 1] as number) +
      0.114 * (data[at + 2] as number) +
      0.5;
  }
  return result;
}
