import { TintypeError } from "@tintype/errors";
import type { Metadata } from "sharp";

import { detectFormat, pictureTypes, type PictureType } from "./detect-format.ts";
import { imageFromDecoder, type EmbeddedMetadata, type Image } from "./image.ts";
import { assertWithinLimits, defaultLimits, type ImageLimits } from "./limits.ts";
import { sharp } from "./process-settings.ts";

/** What the header of a source says. */
export interface SourceFacts {
  readonly format: PictureType;
  readonly mediaType: string;
  /** Bytes of the encoded file. */
  readonly bytes: number;
  /** Px, upright: after its EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** Frames of an animation, pages of a TIFF; 1 for a still picture. */
  readonly pages: number;
  /** Bits a sample. */
  readonly depth: 8 | 16 | 32;
  /** As the file stores it: `srgb`, `cmyk`, `b-w`, `grey16` and so on. */
  readonly colorSpace: string;
  readonly hasProfile: boolean;
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number;
}

/** A picture as it came from outside. */
export interface SourceImage extends Image {
  readonly source: SourceFacts;
}

/** The types that {@link readImage} opens. */
export const readableFormats = [
  "jpeg",
  "png",
  "webp",
  "avif",
  "gif",
  "tiff",
  "svg",
] as const satisfies readonly PictureType[];

/**
 * Reads the header of an encoded picture, and nothing more: pixels are decoded when a step or an exporter needs them.
 *
 * @throws TintypeError before any decoding: `image.empty`, `image.unknown_type`, `image.unsupported_type`,
 * `image.corrupt`, `image.too_many_bytes`, `image.too_many_pixels`, `image.side_too_long`.
 */
export async function readImage(
  bytes: Uint8Array,
  limits: Partial<ImageLimits> = {},
): Promise<SourceImage> {
  const allowed = { ...defaultLimits, ...limits };
  const format = assertReadable(bytes, allowed);
  const header = await readHeader(bytes, format);
  const facts = factsOf(header, format, bytes.length);
  assertWithinLimits(facts, allowed, { frames: facts.pages });

  const decode = () => {
    const instance = sharp(bytes, { limitInputPixels: allowed.maxPixels });
    if (facts.orientation > 1) instance.autoOrient();
    // 16-bit samples with a profile decode to wrong colors unless the profile of the output is named; untagged ones break if it is.
    if (facts.depth === 16 && facts.hasProfile) instance.withIccProfile("srgb");
    return instance;
  };
  const { width, height, hasAlpha } = facts;
  const decodeFirst = facts.colorSpace !== "srgb" || facts.depth !== 8;
  const metadata = embeddedMetadata(header);
  return {
    ...imageFromDecoder({ width, height, hasAlpha, decodeFirst, metadata }, decode),
    source: facts,
  };
}

function assertReadable(bytes: Uint8Array, { maxBytes }: ImageLimits): PictureType {
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
  if (format === undefined) {
    throw new TintypeError({
      kind: "unsupported",
      code: "image.unknown_type",
      message: `The file is not a picture of a known type. Send one of: ${readableFormats.join(", ")}.`,
    });
  }
  if (!(readableFormats as readonly string[]).includes(format)) {
    throw new TintypeError({
      kind: "unsupported",
      code: "image.unsupported_type",
      message: `Pictures of type ${format} can't be read. Send one of: ${readableFormats.join(", ")}.`,
      details: { format },
    });
  }
  return format;
}

async function readHeader(bytes: Uint8Array, format: PictureType): Promise<Metadata> {
  try {
    // Without sharp's own pixel limit, which would fire here with an error that carries no code.
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw invalid(
      "image.corrupt",
      `The file begins like a ${format} picture but its header is damaged. Send the file again.`,
      cause,
    );
  }
}

function factsOf(header: Metadata, format: PictureType, bytes: number): SourceFacts {
  return {
    format,
    mediaType: pictureTypes[format],
    bytes,
    width: header.autoOrient.width,
    height: header.autoOrient.height,
    hasAlpha: header.hasAlpha,
    pages: header.pages ?? 1,
    depth: header.depth === "uchar" ? 8 : header.depth === "ushort" ? 16 : 32,
    colorSpace: header.space,
    hasProfile: header.hasProfile,
    orientation: header.orientation ?? 1,
  };
}

function embeddedMetadata({ exif, xmpAsString }: Metadata): EmbeddedMetadata {
  return { ...(exif && { exif }), ...(xmpAsString !== undefined && { xmp: xmpAsString }) };
}

function invalid(code: `${string}.${string}`, message: string, cause?: unknown): TintypeError {
  return new TintypeError({ kind: "invalid_input", code, message, cause });
}
