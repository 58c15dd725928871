import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { freeBuffer } from "../free-buffer.ts";
import { growMask } from "../grow-mask.ts";
import { imageFromOwnPixels, readPixels, type Pixels } from "../image.ts";
import type { Size } from "../limits.ts";
import { color, distance, parseColor } from "../options.ts";
import { sharp } from "../process-settings.ts";
import { createTurns } from "../turns.ts";

const offset = z.int().min(-10_000).max(10_000).meta({ unit: "px" });

const options = z
  .strictObject({
    offsetX: offset.default(0).describe("Px to the right; negative goes left."),
    offsetY: offset.default(10).describe("Px down; negative goes up."),
    angle: z
      .number()
      .min(-360)
      .max(360)
      .optional()
      .meta({ unit: "degrees" })
      .describe("Instead of offsets: where the shadow falls; 0 is right, 90 is down."),
    distance: distance.optional().describe("Goes with angle: how far the shadow falls, in px."),
    blur: z
      .number()
      .min(0)
      .max(200)
      .default(15)
      .meta({ unit: "px" })
      .describe("Sigma of the soft edge."),
    opacity: z.number().min(0).max(1).default(0.35).describe("Of the shadow of an opaque part."),
    color: color.default("#000000").describe("Color of the shadow."),
    spread: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .meta({ unit: "px" })
      .describe("Px by which the shape grows first."),
  })
  .refine(({ angle, distance: far }) => (angle === undefined) === (far === undefined), {
    error: "give angle and distance together, or neither",
  });

type Options = z.output<typeof options>;

/** Lay a soft shadow of the picture's shape under it; the canvas grows so that nothing is cut. */
export const shadow = defineStep({
  name: "shadow",
  summary:
    "Lay a soft shadow of the picture's shape under it; the canvas grows so that nothing is cut.",
  examples: [{}, { angle: 45, distance: 20, blur: 8, opacity: 0.5 }],
  options,
  size(given, { width, height }) {
    const { left, right, top, bottom } = margins(given);
    return { width: width + left + right, height: height + top + bottom };
  },
  async apply(image, given) {
    const picture = image.hasAlpha
      ? await image.pixels()
      : await readPixels(image.open().ensureAlpha());
    const sides = margins(given);
    const shape = await shadowShape(picture, given);
    const data = await layOver(picture, shape, given, sides);
    freeBuffer(shape);
    const width = picture.width + sides.left + sides.right;
    const height = picture.height + sides.top + sides.bottom;
    return {
      image: imageFromOwnPixels({ data, width, height, channels: 4 }, image.metadata),
      report: { left: sides.left, top: sides.top },
    };
  },
});

interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far the canvas grows on each side: as far as the shadow reaches beyond the picture. */
function margins(given: Options): Margins {
  const { x, y } = shift(given);
  const reach = blurRadius(given.blur) + given.spread;
  return {
    left: Math.max(0, reach - x),
    right: Math.max(0, reach + x),
    top: Math.max(0, reach - y),
    bottom: Math.max(0, reach + y),
  };
}

function shift({ offsetX, offsetY, angle, distance: far }: Options): { x: number; y: number } {
  if (angle === undefined || far === undefined) return { x: offsetX, y: offsetY };
  const radians = (angle * Math.PI) / 180;
  return { x: Math.round(far * Math.cos(radians)), y: Math.round(far * Math.sin(radians)) };
}

/** Beyond three sigma a Gaussian adds less than one level of 255. */
function blurRadius(sigma: number): number {
  return Math.ceil(sigma * 3);
}

/** The shadow's shape on the grown canvas: blurred on one channel, at a quarter of the cost of four. */
async function shadowShape(picture: Pixels, given: Options): Promise<Buffer> {
  const { x, y } = shift(given);
  const { left, right, top, bottom } = margins(given);
  const canvas = { width: picture.width + left + right, height: picture.height + top + bottom };
  const placed = await placedAlpha(picture, canvas, { x: left + x, y: top + y });
  const grown = given.spread > 0 ? await growMask(placed, canvas, given.spread) : placed;
  if (given.blur < 0.3) return grown;
  const blurred = await sharp(grown, { raw: { ...canvas, channels: 1 }, limitInputPixels: false })
    .blur({ sigma: given.blur, minAmplitude: 0.01 })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  freeBuffer(grown);
  return blurred;
}

/** The alpha channel alone, at a place of a larger canvas. */
async function placedAlpha(
  { data, width, height }: Pixels,
  canvas: Size,
  place: { readonly x: number; readonly y: number },
): Promise<Buffer> {
  const placed = Buffer.alloc(canvas.width * canvas.height);
  const turn = createTurns(width);
  for (let y = 0; y < height; y += 1) {
    let from = y * width * 4 + 3;
    const start = (place.y + y) * canvas.width + place.x;
    for (let to = start; to < start + width; to += 1, from += 4) placed[to] = data[from] as number;
    await turn();
  }
  return placed;
}

/** The picture over its shadow, by Porter and Duff's `over`; opaque pixels are copied as they are. */
async function layOver(
  { data, ...picture }: Pixels,
  shape: Buffer,
  given: Options,
  { left, right, top, bottom }: Margins,
): Promise<Buffer> {
  const width = picture.width + left + right;
  const height = picture.height + top + bottom;
  const { r, g, b, alpha } = parseColor(given.color);
  const strength = alpha * given.opacity;
  const shades = shadesOf([r, g, b], strength);
  const result = Buffer.allocUnsafeSlow(width * height * 4);
  const pixels = new Uint32Array(result.buffer);
  const turn = createTurns(width);
  for (let y = 0; y < height; y += 1) {
    for (let at = y * width; at < (y + 1) * width; at += 1) {
      pixels[at] = shades[shape[at] as number] as number;
    }
    if (y >= top && y < height - bottom) {
      let from = (y - top) * picture.width * 4;
      let to = (y * width + left) * 4;
      for (const end = to + picture.width * 4; to < end; to += 4, from += 4) {
        const over = data[from + 3] as number;
        if (over === 0) continue;
        const under = ((shape[to / 4] as number) * strength * (255 - over)) / 255;
        const weight = over / (over + under);
        result[to] = mix(data[from] as number, r, weight);
        result[to + 1] = mix(data[from + 1] as number, g, weight);
        result[to + 2] = mix(data[from + 2] as number, b, weight);
        result[to + 3] = Math.round(over + under);
      }
    }
    await turn();
  }
  return result;
}

/** The pixel of a shadow for each value of its shape, in the machine's byte order. */
function shadesOf(rgb: readonly number[], strength: number): Uint32Array {
  const bytes = Array.from({ length: 256 }, (_, value) => [...rgb, Math.round(value * strength)]);
  return new Uint32Array(Uint8Array.from(bytes.flat()).buffer);
}

function mix(over: number, under: number, weight: number): number {
  return weight === 1 ? over : Math.round(over * weight + under * (1 - weight));
}
