import { isAbort, isTintypeError, TintypeError } from "@tintype/errors";
import {
  createRegistry,
  imageFromPixels,
  parseColor,
  parseInput,
  type Image,
  type Registry,
  type Sharp,
} from "@tintype/image-core";

import type { Exporter } from "./define-exporter.ts";
import { formats } from "./formats/index.ts";
import { keepMetadata, type KeptMetadata } from "./keep-metadata.ts";

/** An exporter of any name and options. */
export type AnyExporter = Omit<Exporter, "encode" | "write"> & {
  readonly encode: Exporter<string, never>["encode"];
  readonly write?: Exporter<string, never>["write"];
};

/** Formats by name. */
export type ExporterRegistry = Registry<AnyExporter>;

/** Plain data that asks for a format: `{ format: "webp", quality: 80 }`. */
export type OutputCall = { readonly format: string } & Readonly<Record<string, unknown>>;

/** The formats that come with Tintype. */
export const builtInExporters: ExporterRegistry = createRegistry(
  "format",
  formats as readonly AnyExporter[],
);

/** A finished file. */
export interface EncodedImage {
  readonly data: Buffer;
  readonly format: string;
  readonly mediaType: string;
  /** For a file name, without the dot. */
  readonly extension: string;
  /** Px. */
  readonly width: number;
  readonly height: number;
}

/**
 * Encodes an image as `output` asks; the same image and output give the same bytes.
 *
 * @throws TintypeError `output.invalid` for options that don't fit, `output.too_large` when the format can't hold the
 * picture, `image.corrupt` when the image is a source that can't be decoded, `output.failed` for any other failure.
 */
export async function encode(
  image: Image,
  output: OutputCall,
  { registry = builtInExporters }: { readonly registry?: ExporterRegistry } = {},
): Promise<EncodedImage> {
  const { format, ...options } = parseInput(registry.schema, output, {
    what: "output",
    code: "output.invalid",
  });
  const exporter = registry.get(format);
  assertFits(image, exporter);
  try {
    const written = await writeItself(image, exporter, options);
    if (written) return written;
    const picture = await prepared(image, exporter, options);
    const { data, info } = await exporter
      .encode(picture, options as never, image)
      .toBuffer({ resolveWithObject: true });
    const { mediaType, extension } = exporter;
    return { data, format, mediaType, extension, width: info.width, height: info.height };
  } catch (error) {
    if (isTintypeError(error) || isAbort(error)) throw error;
    throw new TintypeError({
      kind: "processing",
      code: "output.failed",
      message: `The picture could not be written as ${format}.`,
      details: { format, width: image.width, height: image.height },
      cause: error,
    });
  }
}

interface PreparedOptions {
  readonly background?: string;
  readonly keep?: KeptMetadata;
}

/** The file by the format's own writer, where it has one that can do what is asked. */
async function writeItself(
  image: Image,
  exporter: AnyExporter,
  options: PreparedOptions,
): Promise<EncodedImage | undefined> {
  if (!exporter.write || (options.keep ?? []).length > 0) return undefined;
  const data = await exporter.write(await image.pixels(), options as never);
  const { name, mediaType, extension } = exporter;
  const { width, height } = image;
  return data && { data, format: name, mediaType, extension, width, height };
}

/** The picture opened for the encoder: laid on a color where the format has no alpha, with the metadata to keep. */
async function prepared(
  image: Image,
  exporter: AnyExporter,
  options: PreparedOptions,
): Promise<Sharp> {
  // Over its pixels, not its decoder, whose density or bit depth would go on into the file.
  const picture = imageFromPixels(await image.pixels()).open();
  if (image.hasAlpha && !exporter.alpha) {
    picture.flatten({ background: parseColor(options.background ?? "#ffffff") });
  }
  return keepMetadata(picture, image.metadata, options.keep ?? []);
}

function assertFits({ width, height }: Image, { name, maxSide }: AnyExporter): void {
  if (maxSide === undefined || (width <= maxSide && height <= maxSide)) return;
  throw new TintypeError({
    kind: "unsupported",
    code: "output.too_large",
    message: `A ${name} file holds at most ${maxSide} px a side; the picture is ${width} × ${height} px. Resize it, or choose another format.`,
    details: { format: name, width, height, maxSide },
  });
}
