import { TintypeError } from "@tintype/errors";
import { createRegistry, parseInput, type Image, type Registry } from "@tintype/image-core";

import type { AnyExporter } from "./any-exporter.ts";
import type { OutputCall } from "./define-exporter.ts";
import { encodeOnce } from "./encode-once.ts";
import { formats } from "./formats/index.ts";
import { canStand, type Original } from "./keep-smaller.ts";
import { searchQuality, type FoundFile, type SearchOptions } from "./search-quality.ts";

/** Formats by name. */
export type ExporterRegistry = Registry<AnyExporter>;

/** The formats that come with Tintype. */
export const builtInExporters: ExporterRegistry = createRegistry(
  "format",
  formats as readonly unknown[] as readonly AnyExporter[],
);

/** A finished file. */
export interface EncodedImage {
  readonly data: Buffer;
  /** What was written; what was chosen, where `auto` was asked for. */
  readonly format: string;
  readonly mediaType: string;
  /** For a file name, without the dot. */
  readonly extension: string;
  /** Px. */
  readonly width: number;
  readonly height: number;
  /** What was found where a quality was looked for. */
  readonly quality?: number;
  /** What the user should know although the file was written. */
  readonly warnings: readonly string[];
}

/** What {@link encode} works with besides the image and the output. */
export interface EncodeOptions {
  readonly registry?: ExporterRegistry;
  /** The image's own file, for `keepSmaller`; given only where no step changed the image. */
  readonly original?: Original;
}

/**
 * Encodes an image as `output` asks; the same image and output give the same bytes.
 *
 * @throws TintypeError `output.invalid` for options that don't fit, `output.too_large` when the format can't hold the
 * picture, `output.too_many_bytes` when no quality is small enough, `image.corrupt` when the image is a source that
 * can't be decoded, `output.failed` for any other failure.
 */
export async function encode(
  image: Image,
  output: OutputCall,
  { registry = builtInExporters, original }: EncodeOptions = {},
): Promise<EncodedImage> {
  const { exporter, options } = await chosen(image, output, registry);
  assertFits(image, exporter);
  const { file, quality, warnings } = await written(image, exporter, options);
  const kept = original && (await smaller(original, image, exporter, options, file.data.length));
  return {
    data: kept ?? file.data,
    format: exporter.name,
    mediaType: exporter.mediaType,
    extension: exporter.extension,
    width: file.width,
    height: file.height,
    ...(quality !== undefined && kept === undefined && { quality }),
    warnings: [...warnings, ...framesWarning(image, exporter)],
  };
}

interface Options extends Partial<SearchOptions> {
  readonly keepSmaller?: boolean;
}

/** The exporter that an output names, or that the one it names chooses, with parsed options. */
async function chosen(
  image: Image,
  output: OutputCall,
  registry: ExporterRegistry,
): Promise<{ readonly exporter: AnyExporter; readonly options: Options }> {
  const { format, ...options } = parseInput(registry.schema, output, {
    what: "output",
    code: "output.invalid",
  });
  const exporter = registry.get(format);
  if (!exporter.choose) return { exporter, options };
  return chosen(image, await exporter.choose(image, options as never), registry);
}

async function written(
  image: Image,
  exporter: AnyExporter,
  options: Options,
): Promise<Omit<FoundFile, "quality"> & { readonly quality?: number }> {
  if (options.maxBytes === undefined && options.target === undefined) {
    return { file: await encodeOnce(image, exporter, options), warnings: [] };
  }
  return searchQuality(image, exporter, options as SearchOptions);
}

/** The original's bytes, where they may stand for the file and are fewer. */
async function smaller(
  original: Original,
  image: Image,
  exporter: AnyExporter,
  options: Options,
  bytes: number,
): Promise<Buffer | undefined> {
  if (options.keepSmaller !== true || options.colorSpace === "p3") return undefined;
  if (original.bytes.length >= bytes) return undefined;
  return (await canStand(original, image, exporter.name)) ? Buffer.from(original.bytes) : undefined;
}

function framesWarning({ animation }: Image, { name, animation: moves }: AnyExporter): string[] {
  if (!animation || moves) return [];
  return [
    `The picture has ${animation.delays.length} frames; a file of type ${name} shows the first.`,
  ];
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
