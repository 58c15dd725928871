import { imageFromPixels, parseColor, readPixels, type Pixels } from "@tintype/image-core";

/** Pixels laid on a color; the same where nothing is transparent. */
export async function flattened(pixels: Pixels, background: string): Promise<Pixels> {
  if (pixels.channels === 3) return pixels;
  return readPixels(
    imageFromPixels(pixels)
      .open()
      .flatten({ background: parseColor(background) }),
  );
}
