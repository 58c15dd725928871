import type { Plane, RgbPicture } from "./plane.ts";

/**
 * How much each pixel stands out from the picture's border, 0 to 1: the minimum barrier distance to it, joined with the
 * distance from the colors of three of its four sides (Zhang et al., "Minimum Barrier Salient Object Detection at 80
 * FPS", 2015). `lab` is a small picture, about 300 px.
 */
export function saliency(lab: RgbPicture): Plane {
  const { width, height } = lab;
  const barrier = new Float32Array(width * height);
  for (const channel of [0, 1, 2]) addBarrierDistance(lab, channel, barrier);
  const colors = borderColorDistance(lab);
  stretch(barrier);
  stretch(colors);
  const data = barrier.map((value, index) => {
    const [x, y] = [(index % width) / width - 0.5, Math.floor(index / width) / height - 0.5];
    // Objects are seldom at the rim: the paper's center prior.
    return (value + (colors[index] ?? 0)) * (1 - Math.min(1, Math.hypot(x, y)) * 1);
  });
  stretch(data);
  return { data, width, height };
}

function addBarrierDistance(lab: RgbPicture, channel: number, sum: Float32Array): void {
  const { width, height } = lab;
  const values = Uint8Array.from(sum, (_, index) => lab.data[index * 3 + channel] ?? 0);
  const highest = values.slice();
  const lowest = values.slice();
  const distance = new Float32Array(sum.length).fill(Infinity);
  for (let x = 0; x < width; x++) distance[x] = distance[(height - 1) * width + x] = 0;
  for (let y = 0; y < height; y++) distance[y * width] = distance[y * width + width - 1] = 0;
  const visit = (at: number, from: number) => {
    const value = values[at] ?? 0;
    const high = Math.max(highest[from] ?? 0, value);
    const low = Math.min(lowest[from] ?? 0, value);
    if (high - low >= (distance[at] ?? 0)) return;
    distance[at] = high - low;
    highest[at] = high;
    lowest[at] = low;
  };
  for (let pass = 0; pass < 4; pass++) {
    const step = pass % 2 === 0 ? 1 : -1;
    for (let row = 1; row < height - 1; row++)
      for (let column = 1; column < width - 1; column++) {
        const at = step === 1 ? row * width + column : sum.length - 1 - (row * width + column);
        visit(at, at - step);
        visit(at, at - step * width);
      }
  }
  for (const [index, value] of distance.entries()) sum[index] = (sum[index] ?? 0) + value;
}

function borderColorDistance({ data, width, height }: RgbPicture): Float32Array {
  const depth = Math.max(2, Math.round(Math.max(width, height) * 0.08));
  const sides = [
    [0, 0, width, depth],
    [0, height - depth, width, height],
    [0, 0, depth, height],
    [width - depth, 0, width, height],
  ] as const;
  const maps = sides.map(([left, top, right, bottom]) => {
    const inside: number[] = [];
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) inside.push((y * width + x) * 3);
    return mahalanobis(data, inside);
  });
  for (const map of maps) stretch(map);
  return Float32Array.from({ length: width * height }, (_, index) => {
    const values = maps.map((map) => map[index] ?? 0);
    // The object may touch one side: the side that differs most does not count.
    return values.reduce((sum, value) => sum + value, 0) - Math.max(...values);
  });
}

/** Every pixel's distance from the colors at some offsets, measured by those colors' own spread. */
function mahalanobis(data: Uint8Array, offsets: readonly number[]): Float32Array {
  const mean = [0, 1, 2].map(
    (c) => offsets.reduce((sum, at) => sum + (data[at + c] ?? 0), 0) / offsets.length,
  );
  const cov = (a: number, b: number) =>
    offsets.reduce(
      (sum, at) =>
        sum + ((data[at + a] ?? 0) - (mean[a] ?? 0)) * ((data[at + b] ?? 0) - (mean[b] ?? 0)),
      0,
    ) /
      offsets.length +
    (a === b ? 20 : 0);
  const [xx, xy, xz, yy, yz, zz] = [
    cov(0, 0),
    cov(0, 1),
    cov(0, 2),
    cov(1, 1),
    cov(1, 2),
    cov(2, 2),
  ];
  const [ixx, ixy, ixz] = [yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy];
  const [iyy, iyz, izz] = [xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy];
  const determinant = xx * ixx + xy * ixy + xz * ixz;
  const result = new Float32Array(data.length / 3);
  for (let index = 0; index < result.length; index++) {
    const [x, y, z] = [0, 1, 2].map((c) => (data[index * 3 + c] ?? 0) - (mean[c] ?? 0)) as [
      number,
      number,
      number,
    ];
    const square =
      (x * x * ixx + y * y * iyy + z * z * izz + 2 * (x * y * ixy + x * z * ixz + y * z * iyz)) /
      determinant;
    result[index] = Math.sqrt(Math.max(0, square));
  }
  return result;
}

function stretch(values: Float32Array): void {
  const max = values.reduce((a, b) => Math.max(a, b), 1e-6);
  for (const [index, value] of values.entries()) values[index] = value / max;
}
