import type { Pixels } from "@tintype/image-core";

/** The samples of an RGBA picture laid on white, as most pages show it; alpha stays, at 255. */
export function overWhite({ data }: Pixels): Uint8ClampedArray {
  const laid = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] as number) / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      laid[at + channel] = (data[at + channel] as number) * alpha + 255 * (1 - alpha);
    }
    laid[at + 3] = 255;
  }
  return laid;
}

/** The luma of an RGBA picture laid on white, 0 to 255, by the weights of ITU-R BT.601. */
export function lumaOverWhite(pixels: Pixels): Float64Array {
  const laid = overWhite(pixels);
  return Float64Array.from({ length: laid.length / 4 }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0] = laid.subarray(pixel * 4, pixel * 4 + 3);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
}
