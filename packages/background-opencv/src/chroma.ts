import type { FractionalBox, RawPicture } from "@tintype/generators";

import { estimateBackdrop, type Backdrop } from "./backdrop.ts";
import { labelRegions, labelsAtRim } from "./flood.ts";
import type { Plane } from "./plane.ts";
import { reducePicture } from "./reduce-picture.ts";
import { tidyObject } from "./tidy-object.ts";
import { unmixEdge } from "./unmix-edge.ts";

/** What a removal needs to know; the rest is done to every engine's mask alike. */
export interface ChromaSettings {
  readonly box: FractionalBox | undefined;
  readonly keepHoles: boolean;
  readonly largestObjectOnly: boolean;
}

/** A soft mask and the colors under it, both at full size, and what was found. */
export interface Cutout {
  readonly mask: Plane<Uint8Array>;
  readonly foreground: Uint8Array;
  readonly report: Readonly<Record<string, unknown>>;
}

/**
 * Removes a flat or checkered backdrop, at full size: estimates it from the border, floods from the border what shows
 * it, opens enclosed regions that show it too, and unmixes the edge. Nothing when the border shows no such backdrop.
 */
export function removeChroma(picture: RawPicture, settings: ChromaSettings): Cutout | undefined {
  const { width, height } = picture;
  const backdrop = estimateBackdrop(reducePicture(picture, 1000));
  if (!backdrop) return undefined;
  const distance = distanceFrom(picture, backdrop);
  const outside = outsideOf(settings.box, width, height);
  const shows = (index: number) => outside(index) || (distance[index] ?? 0) <= backdrop.tolerance;
  const { labels, areas } = labelRegions(width, height, shows);
  const open = labelsAtRim(labels, width, height);
  if (!settings.keepHoles)
    for (const label of holesIn(labels, areas, distance, picture, backdrop)) open.add(label);
  const object = Uint8Array.from(labels, (label) => (open.has(label) ? 0 : 1));
  tidyObject(
    { data: object, width, height },
    { ...settings, speckPx: Math.max(16, width * height * 4e-5) },
  );
  const edge = unmixEdge(picture, backdrop, { data: object, width, height });
  return { ...edge, report: backdrop.report };
}

/** How far each pixel is from the backdrop, in RGB, at most 255. */
function distanceFrom(
  { data, width, height, channels }: RawPicture,
  backdrop: Backdrop,
): Uint8Array {
  const distance = new Uint8Array(width * height);
  const color: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      const [fx, fy] = [(x + 0.5) / width, (y + 0.5) / height];
      backdrop.colorAt(fx, fy, color);
      const between = backdrop.squareAt?.(fx, fy) === 0 ? backdrop.squares : undefined;
      distance[index] = Math.min(
        255,
        Math.ceil(
          between
            ? fromEither(data, index * channels, between)
            : apart(data, index * channels, color),
        ),
      );
    }
  return distance;
}

function apart(data: Uint8Array, at: number, color: readonly number[]): number {
  return Math.hypot(
    (data[at] ?? 0) - (color[0] ?? 0),
    (data[at + 1] ?? 0) - (color[1] ?? 0),
    (data[at + 2] ?? 0) - (color[2] ?? 0),
  );
}

/** The distance from the mixtures of two colors: what shows where squares meet. */
function fromEither(
  data: Uint8Array,
  at: number,
  [a, b]: readonly [readonly number[], readonly number[]],
): number {
  let [over, under] = [0, 0];
  for (const c of [0, 1, 2]) {
    const way = (b[c] ?? 0) - (a[c] ?? 0);
    over += ((data[at + c] ?? 0) - (a[c] ?? 0)) * way;
    under += way * way;
  }
  // Ringing of JPEG goes a little beyond both.
  const part = Math.min(1.15, Math.max(-0.15, over / under));
  return apart(
    data,
    at,
    a.map((value, c) => value + part * ((b[c] ?? 0) - value)),
  );
}

/** Enclosed regions that show the backdrop itself, not a color like it: close to it on the whole, and with both squares of a checkerboard. */
function holesIn(
  labels: Int32Array,
  areas: readonly number[],
  distance: Uint8Array,
  { width, height }: RawPicture,
  backdrop: Backdrop,
): number[] {
  const sums = new Float64Array(areas.length);
  const squares = [new Float64Array(areas.length), new Float64Array(areas.length)] as const;
  for (const [index, label] of labels.entries()) {
    if (label === 0) continue;
    sums[label] = (sums[label] ?? 0) + (distance[index] ?? 0);
    const square = backdrop.squareAt?.(
      ((index % width) + 0.5) / width,
      (Math.floor(index / width) + 0.5) / height,
    );
    const counts = square === 1 ? squares[1] : squares[0];
    if (square !== 0) counts[label] = (counts[label] ?? 0) + 1;
  }
  const least = Math.max(12, width * height * 1e-4);
  return areas.flatMap((area, label) => {
    if (label === 0 || area < least || (sums[label] ?? 0) / area > backdrop.tolerance * 0.6)
      return [];
    const fewer = Math.min(squares[0][label] ?? 0, squares[1][label] ?? 0);
    return backdrop.squares && fewer < area * 0.15 ? [] : [label];
  });
}

/** Whether a pixel lies outside of the box, if there is one. */
export function outsideOf(
  box: FractionalBox | undefined,
  width: number,
  height: number,
): (index: number) => boolean {
  if (!box) return () => false;
  const [left, top] = [box.left * width, box.top * height];
  const [right, bottom] = [left + box.width * width, top + box.height * height];
  return (index) => {
    const [x, y] = [(index % width) + 0.5, Math.floor(index / width) + 0.5];
    return x < left || x > right || y < top || y > bottom;
  };
}
