import * as fc from "fast-check";

import { imageFromPixels, type Image, type Pixels } from "../image.ts";
import { recipe, type StepCall } from "../recipe.ts";
import { runSteps, type RunStepsOptions } from "../run-steps.ts";

/** The sample of a channel at a place: 0 to 255. */
export type Sample = (x: number, y: number, channel: number) => number;

/** A picture computed from its places; alpha is channel 3. */
export function paint(width: number, height: number, channels: 3 | 4, sample: Sample): Image {
  const data = Buffer.alloc(width * height * channels);
  for (let at = 0; at < data.length; at += 1) {
    const pixel = Math.floor(at / channels);
    data[at] = sample(pixel % width, Math.floor(pixel / width), at % channels);
  }
  return imageFromPixels({ data, width, height, channels });
}

/** A picture of one color: red, green, blue, and alpha where there is a fourth number. */
export function solid(width: number, height: number, ...samples: readonly number[]): Image {
  return paint(
    width,
    height,
    samples.length === 4 ? 4 : 3,
    (_x, _y, channel) => samples[channel] ?? 0,
  );
}

const share = (at: number, whole: number) => (255 * (at + 1)) / whole;

/** A picture whose every part is another color; with four channels its alpha grows downwards from 1. */
export function gradient(width: number, height: number, channels: 3 | 4 = 3): Image {
  return paint(
    width,
    height,
    channels,
    (x, y, channel) =>
      [
        share(x, width),
        share(y, height),
        255 - share(x + y, width + height),
        Math.max(1, share(y, height)),
      ][channel] ?? 0,
  );
}

/** A white L, two px wide and tall to the bottom, on black 3 × 4: no turn or mirroring leaves it as it is. */
export function letterL(): Image {
  const rows = ["#..", "#..", "#..", "##."];
  return paint(3, 4, 3, (x, y) => (rows[y]?.[x] === "#" ? 255 : 0));
}

/** Small random pictures with three or four channels. */
export function picture({
  maxSide = 24,
  channels = fc.constantFrom(3 as const, 4 as const),
}: {
  readonly maxSide?: number;
  readonly channels?: fc.Arbitrary<3 | 4>;
} = {}): fc.Arbitrary<Image> {
  const side = fc.integer({ min: 1, max: maxSide });
  return fc
    .tuple(side, side, channels)
    .chain(([width, height, count]) =>
      fc
        .uint8Array({ minLength: width * height * count, maxLength: width * height * count })
        .map((data) =>
          imageFromPixels({ data: Buffer.from(data), width, height, channels: count }),
        ),
    );
}

/** The pixels after the given steps. */
export async function run(
  image: Image,
  calls: readonly StepCall[],
  options: RunStepsOptions = {},
): Promise<Pixels> {
  return (await runSteps(image, recipe(...calls), options)).image.pixels();
}

/** The samples of one pixel. */
export function pixelAt({ data, width, channels }: Pixels, x: number, y: number): number[] {
  const at = (y * width + x) * channels;
  return Array.from(data.subarray(at, at + channels));
}

/** How far two pictures of one size are apart, in levels of 255. */
export interface Deviation {
  readonly largest: number;
  readonly mean: number;
}

/** Compares two pictures sample by sample; those of different sizes are infinitely far apart. */
export function deviation(left: Pixels, right: Pixels): Deviation {
  if (left.width !== right.width || left.data.length !== right.data.length) {
    return { largest: Infinity, mean: Infinity };
  }
  let largest = 0;
  let sum = 0;
  for (let at = 0; at < left.data.length; at += 1) {
    const apart = Math.abs((left.data[at] as number) - (right.data[at] as number));
    largest = Math.max(largest, apart);
    sum += apart;
  }
  return { largest, mean: sum / left.data.length };
}
