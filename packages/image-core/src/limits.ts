import { TintypeError } from "@tintype/errors";

/** How large a picture may be, as a source and after every step. */
export interface ImageLimits {
  /** Bytes of the encoded source. */
  readonly maxBytes: number;
  /** Width × height, summed over all frames. */
  readonly maxPixels: number;
  /** Width and height, in px. */
  readonly maxSide: number;
  /** Frames of an animation. */
  readonly maxFrames: number;
}

/** 50 MB, 50 megapixels, 16,384 px a side, 1,000 frames. */
export const defaultLimits: ImageLimits = {
  maxBytes: 50 * 1024 * 1024,
  maxPixels: 50_000_000,
  maxSide: 16_384,
  maxFrames: 1_000,
};

/** Width and height in px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Throws `limit_exceeded` when a picture of this size, with this many frames, is larger than the limits allow. */
export function assertWithinLimits(
  { width, height }: Size,
  { maxPixels, maxSide, maxFrames }: ImageLimits,
  { frames = 1, what = "picture" }: { readonly frames?: number; readonly what?: string } = {},
): void {
  const pixels = width * height * frames;
  if (width > maxSide || height > maxSide) {
    throw new TintypeError({
      kind: "limit_exceeded",
      code: "image.side_too_long",
      message: `The ${what} is ${width} × ${height} px; a side may be at most ${maxSide} px.`,
      details: { width, height, maxSide },
    });
  }
  if (frames > maxFrames) {
    throw new TintypeError({
      kind: "limit_exceeded",
      code: "image.too_many_frames",
      message: `The ${what} has ${frames} frames; at most ${maxFrames} are allowed.`,
      details: { frames, maxFrames },
    });
  }
  if (pixels > maxPixels) {
    const inFrames = frames > 1 ? ` in each of ${frames} frames` : "";
    throw new TintypeError({
      kind: "limit_exceeded",
      code: "image.too_many_pixels",
      message: `The ${what} is ${width} × ${height} px${inFrames}, ${megapixels(pixels)} in all; at most ${megapixels(maxPixels)} are allowed.`,
      details: { width, height, frames, pixels, maxPixels },
    });
  }
}

function megapixels(pixels: number): string {
  return `${Number((pixels / 1e6).toPrecision(3))} megapixels`;
}
