import type { RawPicture } from "../background-remover.ts";

/** A disc, in pixels; with a `hole`, a ring through which the backdrop shows. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly hole?: number;
}

/** What lies behind: the color at a place. */
type Backdrop = (x: number, y: number) => readonly [number, number, number];

const plain: Backdrop = () => [236, 238, 240];

/** Draws red discs before a backdrop, near white when left out, with antialiased edges, and gives the coverage that is true. */
export function discPicture(
  width: number,
  height: number,
  discs: readonly Disc[],
  backdrop: Backdrop = plain,
): { picture: RawPicture; truth: Uint8Array } {
  const data = new Uint8Array(width * height * 3);
  const truth = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      const alpha = Math.max(0, ...discs.map((disc) => coverage(disc, x + 0.5, y + 0.5)));
      const behind = backdrop(x, y);
      const shade = 20 * Math.sin(x / 9) * Math.cos(y / 7);
      const front = [190 + shade, 50 + shade, 40 + shade];
      truth[index] = Math.round(alpha * 255);
      for (const c of [0, 1, 2] as const)
        data[index * 3 + c] = Math.min(
          255,
          Math.max(0, Math.round((front[c] ?? 0) * alpha + behind[c] * (1 - alpha))),
        );
    }
  return { picture: { data, width, height, channels: 3 }, truth };
}

function coverage({ x, y, radius, hole = -1 }: Disc, atX: number, atY: number): number {
  const distance = Math.hypot(atX - x, atY - y);
  const inside = (edge: number) => Math.min(1, Math.max(0, edge - distance + 0.5));
  return inside(radius) - (hole > 0 ? inside(hole) : 0);
}

/** How well two masks agree, 0 to 1: what both hold over what either holds, each pixel by its coverage. */
export function intersectionOverUnion(mask: Uint8Array, truth: Uint8Array): number {
  let [both, either] = [0, 0];
  for (const [index, value] of mask.entries()) {
    const other = truth[index] ?? 0;
    both += Math.min(value, other);
    either += Math.max(value, other);
  }
  return both / Math.max(1, either);
}
