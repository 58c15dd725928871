import type { Pixels } from "./image.ts";
import { paintPixels } from "./paint-pixels.ts";

/** The luma of Rec. 709, as the CSS filter `grayscale(1)` weighs it (Filter Effects Module Level 1, 9.1). */
export const lumaWeights: [number, number, number] = [0.2126, 0.7152, 0.0722];

/** The luma of the pixel whose samples begin at `at`: 0 to 255. */
export function lumaAt(data: Uint8Array, at: number): number {
  const [red, green, blue] = lumaWeights;
  return (
    red * (data[at] as number) + green * (data[at + 1] as number) + blue * (data[at + 2] as number)
  );
}

/** The picture with other colors: `color` gives each sample of red, green and blue; alpha stays as it is. */
export function recolored(
  { data: from, width, height, channels }: Pixels,
  color: (from: Uint8Array, at: number, channel: number) => number,
): Promise<Pixels> {
  return paintPixels({ width, height }, channels, (data, at) => {
    for (let channel = 0; channel < 3; channel += 1) data[at + channel] = color(from, at, channel);
    if (channels === 4) data[at + 3] = from[at + 3] as number;
  });
}

/** The picture with its alpha multiplied by `coverage`, 0 to 1 at each place; colors stay as they are. */
export function covered(
  { data: from, width, height, channels }: Pixels,
  coverage: (x: number, y: number) => number,
): Promise<Pixels> {
  return paintPixels({ width, height }, 4, (data, at, x, y) => {
    const own = (at / 4) * channels;
    data[at] = from[own] as number;
    data[at + 1] = from[own + 1] as number;
    data[at + 2] = from[own + 2] as number;
    const alpha = channels === 4 ? (from[own + 3] as number) : 255;
    data[at + 3] = Math.round(alpha * coverage(x, y));
  });
}
