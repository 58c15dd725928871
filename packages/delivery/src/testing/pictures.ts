import { encode } from "@tintype/exporters";
import { readImage, type Pixels } from "@tintype/image-core";
import { paint, pixelAt, solid } from "@tintype/image-core/testing";

/** A PNG of 80 × 40 px in four quarters: red, green, blue, white. */
export async function quarters(width = 80, height = 40): Promise<Buffer> {
  const image = paint(width, height, 3, (x, y, channel) => {
    const colors = y < height / 2 ? ["r", "g"] : ["b", "w"];
    const color = colors[x < width / 2 ? 0 : 1] as string;
    return color === "w" || color === "rgb"[channel] ? 255 : 0;
  });
  return (await encode(image, { format: "png" })).data;
}

/** A PNG of 200 × 200 px without any order, which no encoder makes small. */
export async function noise(): Promise<Buffer> {
  const image = paint(
    200,
    200,
    3,
    (x, y, channel) => ((x * 7919 + y * 104_729 + channel * 31) ** 2 / 97) % 256,
  );
  return (await encode(image, { format: "png" })).data;
}

/** A PNG of one color, with transparency where there is a fourth sample. */
export async function plainPng(
  width: number,
  height: number,
  ...samples: readonly number[]
): Promise<Buffer> {
  return (await encode(solid(width, height, ...samples), { format: "png" })).data;
}

/** The colors of a file at some places, each as the first letter of its name; - where nothing is, ~ for a mixture. */
export async function colorsAt(
  bytes: Uint8Array,
  ...places: readonly (readonly [x: number, y: number])[]
): Promise<string> {
  const pixels = await (await readImage(bytes, {}, { animated: false })).pixels();
  return places.map(([x, y]) => nameOf(pixels, x, y)).join(" ");
}

const names: readonly (readonly [string, readonly number[]])[] = [
  ["r", [255, 0, 0]],
  ["g", [0, 255, 0]],
  ["b", [0, 0, 255]],
  ["w", [255, 255, 255]],
  ["k", [0, 0, 0]],
];

function nameOf(pixels: Pixels, x: number, y: number): string {
  const [r = 0, g = 0, b = 0, alpha = 255] = pixelAt(pixels, x, y);
  if (alpha < 8) return "-";
  const found = names.find(([, samples]) =>
    [r, g, b].every((sample, index) => Math.abs(sample - (samples[index] ?? 0)) < 24),
  );
  return found?.[0] ?? "~";
}
