import { isAbort, isTintypeError, TintypeError } from "@tintype/errors";
import {
  imageFromPixels,
  parseColor,
  sharp,
  type Image,
  type Pixels,
  type Sharp,
} from "@tintype/image-core";

import type { AnyExporter } from "./any-exporter.ts";
import type { WrittenFile } from "./define-exporter.ts";
import { onThread } from "./encoder-threads.ts";
import { keepMetadata, type MetadataOptions } from "./keep-metadata.ts";

/** The options that formats share, as far as they have them. */
export interface SharedOptions extends MetadataOptions {
  readonly background?: string;
}

/** Encodes an image with options that were parsed; `output.failed` names the format, and hides why. */
export async function encodeOnce(
  image: Image,
  exporter: AnyExporter,
  options: SharedOptions,
): Promise<WrittenFile> {
  try {
    return (
      (await writeItself(image, exporter, options)) ?? (await withSharp(image, exporter, options))
    );
  } catch (error) {
    if (isTintypeError(error) || isAbort(error)) throw error;
    // A step that was left for later may have failed: doing it alone tells the two apart.
    await image.pixels();
    const { name } = exporter;
    throw new TintypeError({
      kind: "processing",
      code: "output.failed",
      message: `The picture could not be written as ${name}.`,
      details: { format: name, width: image.width, height: image.height },
      cause: error,
    });
  }
}

/** The file by the format's own writer, where it has one that can do what is asked. */
async function writeItself(
  image: Image,
  exporter: AnyExporter,
  { keep = [], colorSpace = "srgb", ...options }: SharedOptions,
): Promise<WrittenFile | undefined> {
  const carries = keep.length > 0 || colorSpace !== "srgb" || image.metadata.provenance;
  if (!exporter.write || (carries && exporter.encode)) return undefined;
  const written = await exporter.write(await image.pixels(), options as never);
  if (!written || !Buffer.isBuffer(written)) return written;
  return { data: written, width: image.width, height: image.height };
}

async function withSharp(
  image: Image,
  exporter: AnyExporter,
  options: SharedOptions,
): Promise<WrittenFile> {
  if (!exporter.encode) throw new Error(`${exporter.name} has no encoder`);
  const picture = undone(image, exporter, options) ?? (await opened(image, exporter));
  if (image.hasAlpha && !exporter.alpha) {
    picture.flatten({ background: parseColor(options.background ?? "#ffffff") });
  }
  keepMetadata(picture, image.metadata, options);
  const encoder = exporter.encode(picture, options as never, image);
  return {
    data: await onThread(() => encoder.toBuffer()),
    width: image.width,
    height: image.height,
  };
}

/** The last step, for the encoder to do on its way; not where the file would then be another than one of the pixels. */
function undone(
  image: Image,
  { alpha }: AnyExporter,
  { keep = [], colorSpace = "srgb" }: SharedOptions,
): Sharp | undefined {
  const carries = keep.length > 0 || colorSpace !== "srgb" || image.metadata.provenance;
  return carries || (image.hasAlpha && !alpha) ? undefined : image.undone?.();
}

/** Over its pixels, not its decoder, whose density or bit depth would go on into the file. */
async function opened(image: Image, exporter: AnyExporter): Promise<Sharp> {
  if (!image.animation || !exporter.animation) return imageFromPixels(await image.pixels()).open();
  const frames = await image.animation.frames();
  return openStrip(await Promise.all(frames.map((frame) => frame.pixels())));
}

/** The frames of an animation, each below the one before. */
function openStrip(frames: readonly Pixels[]): Sharp {
  const [{ width, height, channels }] = frames as readonly [Pixels];
  return sharp(Buffer.concat(frames.map(({ data }) => data)), {
    raw: { width, height: height * frames.length, channels, pageHeight: height },
    limitInputPixels: false,
  });
}
