import type { BlendMode } from "./blend-modes.ts";
import type { Pixels } from "./image.ts";
import type { Size } from "./limits.ts";
import type { Box } from "./options.ts";
import { createTurns } from "./turns.ts";

/** What is laid on a picture, and where. */
export interface Layer {
  readonly pixels: Pixels;
  /** Where its top left corner stands in the picture below; may be outside of it. */
  readonly left: number;
  readonly top: number;
  /** Repeated from its corner to the right and downwards. */
  readonly tile: boolean;
  /** 0 to 1, on top of its own alpha. */
  readonly opacity: number;
}

/** Joins a layer with the picture below; the result has that picture's size and channels. */
export async function blendPixels(below: Pixels, layer: Layer, mode: BlendMode): Promise<Pixels> {
  // Beside the layer there is a source without alpha: some modes clear the picture there.
  const keepsBeside = mode.backdrop(0, 1) > 0;
  const data = keepsBeside ? Buffer.from(below.data) : Buffer.alloc(below.data.length);
  const area = coveredArea(below, layer);
  const turn = createTurns(below.width);
  for (let y = area.top; y < area.top + area.height; y += 1) {
    const row = ((y - layer.top) % layer.pixels.height) * layer.pixels.width;
    for (let x = area.left; x < area.left + area.width; x += 1) {
      const from = row + ((x - layer.left) % layer.pixels.width);
      blendPixel(below, layer, mode, data, y * below.width + x, from);
    }
    await turn();
  }
  return { ...below, data };
}

function blendPixel(
  { data: below, channels }: Pixels,
  { pixels, opacity }: Layer,
  mode: BlendMode,
  result: Buffer,
  index: number,
  from: number,
): void {
  const to = index * channels;
  const at = from * pixels.channels;
  const source = alphaAt(pixels, from) * opacity;
  if (source === 0) return;
  const backdrop = channels === 4 ? (below[to + 3] as number) / 255 : 1;
  const ofSource = source * mode.source(source, backdrop);
  const ofBackdrop = backdrop * mode.backdrop(source, backdrop);
  const alpha = Math.min(1, ofSource + ofBackdrop);
  for (let channel = 0; channel < 3; channel += 1) {
    const b = (below[to + channel] as number) / 255;
    const s = (pixels.data[at + channel] as number) / 255;
    const mixed = mode.mix ? s + backdrop * (mode.mix(b, s) - s) : s;
    const color = alpha === 0 ? 0 : (ofSource * mixed + ofBackdrop * b) / alpha;
    result[to + channel] = Math.round(Math.min(1, color) * 255);
  }
  if (channels === 4) result[to + 3] = Math.round(alpha * 255);
}

function alphaAt({ data, channels }: Pixels, index: number): number {
  return channels === 4 ? (data[index * 4 + 3] as number) / 255 : 1;
}

/** The part of the picture that the layer covers; of no width or height when it lies outside. */
export function coveredArea(picture: Size, { pixels, left, top, tile }: Layer): Box {
  const right = tile ? picture.width : Math.min(picture.width, left + pixels.width);
  const bottom = tile ? picture.height : Math.min(picture.height, top + pixels.height);
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  return { left: x, top: y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}
