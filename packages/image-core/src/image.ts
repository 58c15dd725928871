import { isAbort, TintypeError } from "@tintype/errors";

import type { Size } from "./limits.ts";
import { sharp, type Sharp } from "./process-settings.ts";

/** Decoded 8-bit sRGB samples, row by row, `channels` interleaved (RGB or RGBA, alpha not premultiplied). */
export interface Pixels extends Size {
  readonly data: Buffer;
  readonly channels: 3 | 4;
}

/** What a picture carries besides its pixels, as found in its source. */
export interface EmbeddedMetadata {
  readonly exif?: Uint8Array;
  readonly xmp?: string;
}

/** A picture on its way through the pipeline: upright, 8-bit sRGB, decoded when first needed. */
export interface Image extends Size {
  readonly hasAlpha: boolean;
  readonly metadata: EmbeddedMetadata;
  /**
   * Set where steps must begin with {@link Image.pixels}: the decoder's own instance would work on gray, CMYK or 16-bit
   * samples, in which a color that a step names is another color.
   */
  readonly decodeFirst?: boolean;
  /** A fresh sharp instance on this picture, for a source straight on its decoder: a JPEG then shrinks while loading. */
  open(): Sharp;
  /** The decoded pixels: decoded once, shared by all who ask, not to be written to. */
  pixels(): Promise<Pixels>;
}

/** An image over pixels in memory. */
export function imageFromPixels(pixels: Pixels, metadata: EmbeddedMetadata = {}): Image {
  return {
    width: pixels.width,
    height: pixels.height,
    hasAlpha: pixels.channels === 4,
    metadata,
    open: () => openPixels(pixels),
    pixels: async () => pixels,
  };
}

/** An image over an encoded file that `decode` opens, as often as needed. */
export function imageFromDecoder(
  facts: Pick<Image, "width" | "height" | "hasAlpha" | "decodeFirst" | "metadata">,
  decode: () => Sharp,
): Image {
  let pending: Promise<Pixels> | undefined;
  return {
    ...facts,
    // Never over the decoded pixels, even where they are there: shrink-on-load gives slightly other bytes, and the
    // result would then depend on who asked first.
    open: decode,
    pixels() {
      pending ??= readPixels(decode()).catch((cause: unknown) => {
        throw isAbort(cause) ? cause : corrupt(cause);
      });
      return pending;
    },
  };
}

function openPixels({ data, width, height, channels }: Pixels): Sharp {
  // Sizes were checked before these pixels came to be; sharp's own limit would be a second, different one.
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

/** Runs a sharp instance and brings what comes out to 8-bit sRGB with three or four channels. */
export async function readPixels(instance: Sharp): Promise<Pixels> {
  const { data, info } = await instance
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 3 || channels === 4) return { data, width, height, channels };
  // A greyscale() result stays at one or two channels whatever color space is asked for; a second reading expands it.
  return readPixels(sharp(data, { raw: { width, height, channels }, limitInputPixels: false }));
}

/** The error for a source whose header is fine and whose pixels can't be decoded. */
function corrupt(cause: unknown): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "image.corrupt",
    message:
      "The picture is damaged or cut short: its pixels can't be decoded. Send the file again.",
    cause,
  });
}
