import { imageFromPixels, readPixels, type Image, type Pixels } from "@tintype/image-core";

/** The longest side, in px, of the reduced picture that facts look at: the most that a ThumbHash takes. */
const reducedSide = 100;

/** What facts are computed from. */
export interface FactPicture {
  /** All pixels; of an animation, the first frame's. */
  readonly pixels: Pixels;
  /** The picture as RGBA, at most 100 px a side; made once for all facts. */
  readonly reduced: Pixels;
}

/** Reduces a picture for facts. From its pixels, not its decoder, so that facts never depend on how it was opened. */
export async function factPicture(image: Image): Promise<FactPicture> {
  const pixels = await image.pixels();
  return { pixels, reduced: await fitted(pixels, reducedSide) };
}

/** The picture as RGBA, at most `side` px wide and tall; never enlarged. */
export function fitted(pixels: Pixels, side: number): Promise<Pixels> {
  const size = { width: side, height: side, fit: "inside", withoutEnlargement: true } as const;
  return readPixels(imageFromPixels(pixels).open().resize(size).ensureAlpha());
}
