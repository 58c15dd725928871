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

/** How each type of picture is opened. */
export const decoders: Readonly<Record<PictureType, Decoder>> = {
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
  options: ReadOptions = {},
): Promise<SourceImage> {
  const allowed = { ...defaultLimits, ...limits };
  const format = assertPicture(bytes, bytes.length, allowed, options.name);
  const decode = async (request: DecodeRequest) => decoders[format](bytes, request);
  return openSource({ format, bytes: bytes.length, decode }, allowed, options);
}

/** An encoded picture whose type is known. */
export interface EncodedSource {
  readonly format: PictureType;
  /** Bytes of the whole file. */
  readonly bytes: number;
  readonly decode: (request: DecodeRequest) => Promise<Decodable>;
}

/** Reads the header of a picture that was looked at from outside, and holds it against the limits. */
export async function openSource(
  source: EncodedSource,
  limits: ImageLimits,
  { animated = true, page }: ReadOptions,
): Promise<SourceImage> {
  const { format, bytes } = source;
  const { facts, metadata, open, animation } = await openHeader(source, limits, page ?? 0);
  const moves = animated && page === undefined ? animation : undefined;
  assertWithinLimits(facts, limits, { frames: moves?.delays.length ?? 1 });

  const { width, height, hasAlpha, colorSpace } = facts;
  const decodeFirst = colorSpace !== "srgb" || facts.depth !== 8;
  const image = imageFromDecoder(
    {
      width,
      height,
      hasAlpha,
      decodeFirst,
      colorSpace,
      metadata,
      ...(moves && { animation: framesFromStrip(moves, moves.open) }),
    },
    open,
  );
  return { ...image, source: { format, mediaType: pictureTypes[format], bytes, ...facts } };
}

/** The type of a picture by its first and last bytes, or by all; throws where it is none, too large, or something else as well. */
export function assertPicture(
  ends: Uint8Array,
  bytes: number,
  { maxBytes }: ImageLimits,
  name?: string,
): PictureType {
  if (bytes === 0) {
    throw invalid("image.empty", "The file is empty. Send a picture.");
  }
  if (bytes > maxBytes) {
    throw new TintypeError({
      kind: "limit_exceeded",
      code: "image.too_many_bytes",
      message: `The file has ${bytes} bytes; at most ${maxBytes} are allowed.`,
      details: { bytes, maxBytes },
    });
  }
  const format = detectFormat(ends);
  if (format === undefined) {
    throw new TintypeError({
      kind: "unsupported",
      code: "image.unknown_type",
      message: `The file is not a picture of a known type. Send one of: ${readableFormats.join(", ")}.`,
    });
  }
  assertOneFile(ends, format);
  if (name !== undefined) assertNameFits(name, format);
  return format;
}

async function openHeader(
  { format, decode }: EncodedSource,
  limits: ImageLimits,
  page: number,
): Promise<Decodable> {
  try {
    const first = await decode({ limits, page: 0 });
    if (page === 0) return first;
    if (page >= first.facts.pages) throw noSuchPage(page, first.facts.pages);
    return await decode({ limits, page });
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
