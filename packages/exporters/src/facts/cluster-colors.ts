import type { Pixels } from "@tintype/image-core";

import { oklab, squaredDistance, type Oklab } from "./oklab.ts";

/** A color and the share of the picture that is like it, by opacity. */
export interface ColorShare {
  /** `#rrggbb`. */
  readonly color: string;
  /** 0 to 1. */
  readonly share: number;
}

/** Colors closer than this are one to the eye at a glance; 0.02 can just be told apart side by side. */
const leastDistance = 0.06;
/** What is rarer is an edge between colors. */
const leastShare = 0.001;
const maxRounds = 24;

/** Colors that are nearly the same, taken together. */
interface Swatch {
  readonly rgb: readonly [number, number, number];
  readonly lab: Oklab;
  readonly weight: number;
}

/**
 * The colors that an RGBA picture is made of, the largest share first; none where all is transparent.
 * K-means in OKLab, begun at the colors that are frequent and far from each other, so that it gives the same each time.
 */
export function clusterColors(pixels: Pixels, most: number): readonly ColorShare[] {
  const swatches = swatchesOf(pixels);
  let centers = firstCenters(swatches, most);
  let clusters: readonly (readonly Swatch[])[] = [];
  for (let round = 0; round < maxRounds; round += 1) {
    clusters = nearestTo(centers, swatches).filter((cluster) => cluster.length > 0);
    const moved = clusters.map((cluster) => mean(cluster, ({ lab }) => lab));
    if (moved.every((center, index) => squaredDistance(center, centers[index] ?? center) === 0)) {
      break;
    }
    centers = moved;
  }
  const whole = weightOf(swatches);
  return clusters
    .map((cluster) => ({
      color: hex(mean(cluster, ({ rgb }) => rgb)),
      share: Number((weightOf(cluster) / whole).toFixed(4)),
    }))
    .filter(({ share }) => share >= leastShare)
    .toSorted((left, right) => right.share - left.share);
}

/** All colors, five bits of each channel alike, with their opacity as weight. */
function swatchesOf({ data }: Pixels): readonly Swatch[] {
  const sums = new Map<number, [red: number, green: number, blue: number, weight: number]>();
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    if (alpha === 0) continue;
    const bin = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
    const [r, g, b, weight] = sums.get(bin) ?? [0, 0, 0, 0];
    sums.set(bin, [r + red * alpha, g + green * alpha, b + blue * alpha, weight + alpha]);
  }
  return [...sums.values()].map(([r, g, b, weight]) => {
    const rgb = [r / weight, g / weight, b / weight] as const;
    return { rgb, lab: oklab(...rgb), weight };
  });
}

/** The most frequent color, then each time the one that is most missed by those before it. */
function firstCenters(swatches: readonly Swatch[], most: number): readonly Oklab[] {
  const centers: Oklab[] = [];
  const apart = swatches.map(() => Infinity);
  const missed = ({ weight }: Swatch, index: number) => {
    const distance = apart[index] as number;
    return distance < leastDistance ** 2 ? 0 : weight * Math.min(distance, 1);
  };
  while (centers.length < most) {
    const misses = swatches.map(missed);
    const largest = misses.reduce((before, miss) => Math.max(before, miss), 0);
    const next = swatches[misses.indexOf(largest)];
    if (largest === 0 || next === undefined) break;
    centers.push(next.lab);
    for (const [index, { lab }] of swatches.entries()) {
      apart[index] = Math.min(apart[index] as number, squaredDistance(lab, next.lab));
    }
  }
  return centers;
}

function nearestTo(centers: readonly Oklab[], swatches: readonly Swatch[]): Swatch[][] {
  const clusters = centers.map((): Swatch[] => []);
  for (const swatch of swatches) {
    const distances = centers.map((center) => squaredDistance(center, swatch.lab));
    clusters[distances.indexOf(Math.min(...distances))]?.push(swatch);
  }
  return clusters;
}

function mean(
  cluster: readonly Swatch[],
  of: (swatch: Swatch) => readonly [number, number, number],
): [number, number, number] {
  const whole = weightOf(cluster);
  const part = (axis: 0 | 1 | 2) =>
    cluster.reduce((sum, swatch) => sum + of(swatch)[axis] * swatch.weight, 0) / whole;
  return [part(0), part(1), part(2)];
}

function weightOf(swatches: readonly Swatch[]): number {
  return swatches.reduce((sum, { weight }) => sum + weight, 0);
}

function hex(rgb: readonly number[]): string {
  return `#${Buffer.from(rgb.map(Math.round)).toString("hex")}`;
}
