import { flattenPixels, type Pixels } from "@tintype/image-core";

/** Pixels laid on a color; the same where they have no alpha. */
export async function flattened(pixels: Pixels, background: string): Promise<Pixels> {
  return pixels.channels === 3 ? pixels : flattenPixels(pixels, background);
}
