import { ssim } from "ssim.js";

import { request } from "../api/request.ts";
import type { Declared } from "../catalog/catalog.ts";
import type { Options } from "../catalog/option-schema.ts";

/** One way to write a picture, to be compared with the others. */
export interface ExportChoice {
  readonly format: string;
  /** Undefined where the format has no quality, as when it is lossless. */
  readonly quality: number | undefined;
}

/** What came of a choice. */
export interface Measured extends ExportChoice {
  readonly file: Blob;
  /** The picture before encoding. */
  readonly reference: Blob;
  /** How alike it is to the picture before encoding, 1 for equal; undefined where the browser can't read the format. */
  readonly similarity: number | undefined;
}

const qualities = [50, 70, 80, 90];

/** The choices to compare for a format: each of a few qualities, where it has any. */
export function choicesOf({ name, schema }: Declared): readonly ExportChoice[] {
  const hasQuality = schema.properties?.["quality"] !== undefined;
  return hasQuality
    ? qualities.map((quality) => ({ format: name, quality }))
    : [{ format: name, quality: undefined }];
}

/** Writes a picture in every way, one after the other, and tells of each as soon as it is known. */
export async function measureExports(
  pictureId: string,
  steps: readonly Options[],
  choices: readonly ExportChoice[],
  onMeasured: (measured: Measured) => void,
  signal: AbortSignal,
): Promise<void> {
  const encode = async (output: Options): Promise<Blob> => {
    const path = `/api/v1/images/${pictureId}/preview`;
    return (await request(path, { json: { steps, output }, signal })).blob();
  };
  const reference = await encode({ format: "png", profile: "fast" });
  const pixels = await pixelsOf(reference);
  for (const choice of choices) {
    const { format, quality } = choice;
    const file = await encode({ format, ...(quality !== undefined && { quality }) });
    onMeasured({ ...choice, file, reference, similarity: await similarityOf(pixels, file) });
    signal.throwIfAborted();
  }
}

async function similarityOf(
  reference: ImageData | undefined,
  file: Blob,
): Promise<number | undefined> {
  const pixels = await pixelsOf(file);
  const isSame = reference?.width === pixels?.width && reference?.height === pixels?.height;
  if (reference === undefined || pixels === undefined || !isSame) return undefined;
  return ssim(reference, pixels, { downsample: "fast" }).mssim;
}

/** The pixels of a picture over white; undefined where the browser can't read it. */
async function pixelsOf(file: Blob): Promise<ImageData | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return undefined;
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) return undefined;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0);
  picture.close();
  return context.getImageData(0, 0, width, height);
}
