import { isTintypeError, TintypeError } from "@tintype/errors";

import { assertNameFits, assertOneFile } from "./assert-one-file.ts";
import { bmp } from "./decoders/bmp.ts";
import type { Decodable, DecodeRequest, Decoder, HeaderFacts } from "./decoders/decoder.ts";
import { gif } from "./decoders/gif.ts";
import { heic } from "./decoders/heic.ts";
import { ico } from "./decoders/ico.ts";
import { svg } from "./decoders/svg.ts";
import { withSharp } from "./decoders/with-sharp.ts";
import { detectFormat, pictureTypes, type PictureType } from "./detect-format.ts";
import { framesFromStrip, imageFromDecoder, type Image } from "./image.ts";
import { assertWithinLimits, defaultLimits, type ImageLimits } from "./limits.ts";

/** What the header of a source says. */
export interface SourceFacts extends HeaderFacts {
  readonly format: PictureType;
  readonly mediaType: string;
  /** Bytes of the encoded file. */
  readonly bytes: number;
}

/** A picture as it came from outside. */
export interface SourceImage extends Image {
  readonly source: SourceFacts;
}

/** How a source is read. */
export interface ReadOptions {
  /** Whether an animation keeps its frames, as it does by default; the first alone is taken otherwise. */
  readonly animated?: boolean;
  /** The page of a TIFF, or the frame of an animation, to take alone; from 0. */
  readonly page?: number;
  /** The file's name: its extension is held against the content. */
  readonly name?: string;
}

const decoders: Readonly<Record<PictureType, Decoder>> = {
  jpeg: withSharp,
  png: withSharp,
  webp: withSharp,
  avif: withSharp,
  gif,
  tiff: withSharp,
  svg,
  bmp,
  ico,
  heic,
};

/** The types that {@link readImage} opens. */
export const readableFormats = Object.keys(decoders) as readonly PictureType[];

/**
 * Reads the header of an encoded picture, and nothing more: pixels are decoded when a step or an exporter needs them.
 *
 * @throws TintypeError before any decoding: `image.empty`, `image.unknown_type`, `image.corrupt`, `image.polyglot`,
 * `image.mislabelled`, `image.no_such_page`, `image.decoder_missing`, `image.svg_entities`, and beyond the limits
 * `image.too_many_bytes`, `image.too_many_pixels`, `image.too_many_frames`, `image.side_too_long`, `image.svg_too_deep`.
 */
export async function readImage(
  bytes: Uint8Array,
  limits: Partial<ImageLimits> = {},
  { animated = true, page, name }: ReadOptions = {},
): Promise<SourceImage> {
  const allowed = { ...defaultLimits, ...limits };
  const format = assertPicture(bytes, allowed);
  assertOneFile(bytes, format);
  if (name !== undefined) assertNameFits(name, format);
  const request = { limits: allowed, page: page ?? 0 };
  const { facts, metadata, open, animation } = await openHeader(bytes, format, request);
  const moves = animated && page === undefined ? animation : undefined;
  assertWithinLimits(facts, allowed, { frames: moves?.delays.length ?? 1 });

  const { width, height, hasAlpha } = facts;
  const decodeFirst = facts.colorSpace !== "srgb" || facts.depth !== 8;
  const image = imageFromDecoder(
    {
      width,
      height,
      hasAlpha,
      decodeFirst,
      metadata,
      ...(moves && { animation: framesFromStrip(moves, moves.open) }),
    },
    open,
  );
  const mediaType = pictureTypes[format];
  return { ...image, source: { format, mediaType, bytes: bytes.length, ...facts } };
}

function assertPicture(bytes: Uint8Array, { maxBytes }: ImageLimits): PictureType {
  if (bytes.length === 0) {
    throw invalid("image.empty", "The file is empty. Send a picture.");
  }
  if (bytes.length > maxBytes) {
    throw new TintypeError({
      kind: "limit_exceeded",
      code: "image.too_many_bytes",
      message: `The file has ${bytes.length} bytes; at most ${maxBytes} are allowed.`,
      details: { bytes: bytes.length, maxBytes },
    });
  }
  const format = detectFormat(bytes);
  if (format !== undefined) return format;
  throw new TintypeError({
    kind: "unsupported",
    code: "image.unknown_type",
    message: `The file is not a picture of a known type. Send one of: ${readableFormats.join(", ")}.`,
  });
}

async function openHeader(
  bytes: Uint8Array,
  format: PictureType,
  request: DecodeRequest,
): Promise<Decodable> {
  const { page } = request;
  try {
    const first = await decoders[format](bytes, { ...request, page: 0 });
    if (page === 0) return first;
    if (page >= first.facts.pages) throw noSuchPage(page, first.facts.pages);
    return await decoders[format](bytes, request);
  } catch (cause) {
    if (isTintypeError(cause)) throw cause;
    throw invalid(
      "image.corrupt",
      `The file begins like a ${format} picture but its header is damaged. Send the file again.`,
      cause,
    );
  }
}

function noSuchPage(page: number, pages: number): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "image.no_such_page",
    message: `The picture has no page ${page}: its pages are numbered from 0 to ${pages - 1}.`,
    details: { page, pages },
  });
}

function invalid(code: `${string}.${string}`, message: string, cause?: unknown): TintypeError {
  return new TintypeError({ kind: "invalid_input", code, message, cause });
}
