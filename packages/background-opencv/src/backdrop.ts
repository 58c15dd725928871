import { fitCheckerBackdrop } from "./checker-backdrop.ts";
import { fitFlatBackdrop } from "./flat-backdrop.ts";
import type { RgbPicture } from "./plane.ts";

/** What a picture is painted on, as far as it can be told from its border. */
export interface Backdrop {
  readonly report: Readonly<Record<string, unknown>>;
  /** How far, in RGB, a pixel may be from the backdrop and still show it. */
  readonly tolerance: number;
  /** Writes the backdrop's color at a place, in fractions of the picture's size, into `out`. */
  colorAt(x: number, y: number, out: [number, number, number]): void;
  /** Which of two colors of squares a place has, and 0 where they meet and either may show. */
  squareAt?(x: number, y: number): -1 | 0 | 1;
  /** The two colors of squares, first that of `squareAt` −1. */
  readonly squares?: readonly [readonly number[], readonly number[]];
}

/** Tells the backdrop from the border: a painted checkerboard, or one color with a soft gradient; nothing when the border shows neither. */
export function estimateBackdrop(picture: RgbPicture): Backdrop | undefined {
  const border = borderIndexes(picture);
  return fitCheckerBackdrop(picture, border) ?? fitFlatBackdrop(picture, border);
}

function borderIndexes({ width, height }: RgbPicture): number[] {
  const depth = Math.max(2, Math.round(Math.min(width, height) * 0.03));
  const indexes: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (Math.min(x, y, width - 1 - x, height - 1 - y) < depth) indexes.push(y * width + x);
    }
  return indexes;
}
