import { endianness } from "node:os";

import type { Pixels } from "./image.ts";
import { parseColor } from "./options.ts";
import { createTurns } from "./turns.ts";

const chunk = 4096;

/** A copy of pixels, laid on a color: the samples that sharp's `flatten` gives, sooner where pixels are wholly opaque or clear. */
export async function flattenPixels(pixels: Pixels, background: string): Promise<Pixels> {
  const { data, width, height, channels } = pixels;
  if (channels === 3) return { ...pixels, data: Buffer.from(data) };
  const { r, g, b } = parseColor(background);
  const count = width * height;
  const flat = Buffer.allocUnsafeSlow(count * 3);
  const copyPlain = plainCopier(data, flat, [r, g, b]);
  const turn = createTurns(chunk);
  for (let index = 0; index < count;) {
    const end = Math.min(count, index + chunk);
    while (index < end) {
      index = copyPlain(index, end);
      for (const stop = Math.min(end, index + 4); index < stop; index += 1) {
        const at = index * 4;
        const over = data[at + 3] as number;
        const under = 255 - over;
        flat[index * 3] = by255((data[at] as number) * over + r * under);
        flat[index * 3 + 1] = by255((data[at + 1] as number) * over + g * under);
        flat[index * 3 + 2] = by255((data[at + 2] as number) * over + b * under);
      }
    }
    await turn();
  }
  return { data: flat, width, height, channels: 3 };
}

/** A product of two bytes divided by 255 and rounded down. */
function by255(product: number): number {
  return (product + 1 + (product >> 8)) >> 8;
}

/**
 * What most pixels are, wholly opaque or wholly clear, is copied by fours of a kind, from an index that four divides;
 * gives the index of the first four that are mixed.
 */
function plainCopier(
  data: Buffer,
  flat: Buffer,
  background: readonly number[],
): (from: number, end: number) => number {
  if (endianness() !== "LE" || data.byteOffset % 4 !== 0) return (from) => from;
  const rgba = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const rgb = new Uint32Array(flat.buffer, 0, Math.floor(flat.length / 4));
  const four = Uint8Array.from([...background, ...background, ...background, ...background]);
  const clear = new Uint32Array(four.buffer);
  return (from, end) => {
    let index = from;
    for (; index + 4 <= end; index += 4) {
      const p = rgba[index] as number;
      const q = rgba[index + 1] as number;
      const s = rgba[index + 2] as number;
      const t = rgba[index + 3] as number;
      const at = (index / 4) * 3;
      if ((p & q & s & t) >>> 24 === 255) {
        rgb[at] = (p & 0xff_ff_ff) | (q << 24);
        rgb[at + 1] = ((q >>> 8) & 0xff_ff) | (s << 16);
        rgb[at + 2] = ((s >>> 16) & 0xff) | (t << 8);
      } else if ((p | q | s | t) >>> 24 === 0) {
        rgb.set(clear, at);
      } else {
        return index;
      }
    }
    return index;
  };
}
