import type { RawPicture } from "@tintype/generators";

import { boxMean } from "./box-mean.ts";
import type { Plane, RgbPicture } from "./plane.ts";

/** How wide the edge may be mixed, in pixels of the reduced picture. */
const radiusPx = 4;
/** How little contrast counts as an edge, as a variance of colors from 0 to 1. */
const epsilon = 1e-4;

/**
 * Brings a reduced mask of 0 and 1 to full size, its edge drawn along the edges of the full picture: the fast guided
 * filter, whose linear models are made at the reduced size and applied at the full one (He and Sun, 2015, with the color
 * guide of He et al., 2010). Away from the edge the mask stays as it was.
 */
export function guidedEdge(
  picture: RawPicture,
  reduced: RgbPicture,
  object: Plane<Uint8Array>,
): Plane {
  const models = linearModels(reduced, object);
  const band = boxMean({ ...object, data: Float32Array.from(object.data) }, radiusPx);
  const { width, height, channels, data } = picture;
  const mask = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      const at = sampler(
        reduced,
        ((x + 0.5) * reduced.width) / width - 0.5,
        ((y + 0.5) * reduced.height) / height - 0.5,
      );
      const inside = at(band.data);
      if (inside < 0.02 || inside > 0.98) {
        mask[index] = inside > 0.5 ? 1 : 0;
        continue;
      }
      const from = index * channels;
      const [red, green, blue, base] = models.map(at);
      const alpha =
        ((red ?? 0) * (data[from] ?? 0) +
          (green ?? 0) * (data[from + 1] ?? 0) +
          (blue ?? 0) * (data[from + 2] ?? 0)) /
          255 +
        (base ?? 0);
      // The filter's tails are haze: stretch the middle.
      mask[index] = Math.min(1, Math.max(0, (alpha - 0.1) / 0.8));
    }
  return { data: mask, width, height };
}

/** Reads a plane between its pixels. */
export function sampler(
  { width, height }: { readonly width: number; readonly height: number },
  x: number,
  y: number,
): (data: Float32Array) => number {
  const [cx, cy] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [u, v] = [cx - left, cy - top];
  const start = top * width + left;
  const right = left < width - 1 ? 1 : 0;
  const down = top < height - 1 ? width : 0;
  return (data) =>
    (1 - v) * ((1 - u) * (data[start] ?? 0) + u * (data[start + right] ?? 0)) +
    v * ((1 - u) * (data[start + down] ?? 0) + u * (data[start + down + right] ?? 0));
}

/** The filter's four planes: how the mask follows from red, green, blue and 1 around each pixel. */
function linearModels(
  { data, width, height }: RgbPicture,
  object: Plane<Uint8Array>,
): Float32Array[] {
  const size = width * height;
  const color = [0, 1, 2].map((c) =>
    Float32Array.from({ length: size }, (_, i) => (data[i * 3 + c] ?? 0) / 255),
  );
  const target = Float32Array.from(object.data);
  const mean = (plane: Float32Array) => boxMean({ data: plane, width, height }, radiusPx).data;
  const product = (a: Float32Array = target, b: Float32Array = target) =>
    mean(a.map((value, i) => value * (b[i] ?? 0)));
  const means = color.map(mean);
  const meanTarget = mean(target);
  const withTarget = color.map((plane) => product(plane, target));
  const pairs = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 2],
  ].map(([a = 0, b = 0]) => ({ a, b, data: product(color[a], color[b]) }));
  const slopes = [0, 1, 2].map(() => new Float32Array(size));
  const base = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const m = means.map((plane) => plane[i] ?? 0);
    const t = meanTarget[i] ?? 0;
    if (t === 0 || t === 1) {
      base[i] = t;
      continue;
    }
    const [xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0] = pairs.map(
      ({ a, b, data: plane }) =>
        (plane[i] ?? 0) - (m[a] ?? 0) * (m[b] ?? 0) + (a === b ? epsilon : 0),
    );
    const [p = 0, q = 0, r = 0] = withTarget.map((plane, c) => (plane[i] ?? 0) - (m[c] ?? 0) * t);
    const [ixx, ixy, ixz] = [yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy];
    const [iyy, iyz, izz] = [xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy];
    const determinant = xx * ixx + xy * ixy + xz * ixz;
    const slope = [
      ixx * p + ixy * q + ixz * r,
      ixy * p + iyy * q + iyz * r,
      ixz * p + iyz * q + izz * r,
    ].map((value) => value / determinant);
    for (const [c, plane] of slopes.entries()) plane[i] = slope[c] ?? 0;
    base[i] = t - slope.reduce((sum, value, c) => sum + value * (m[c] ?? 0), 0);
  }
  return [...slopes, base].map(mean);
}
