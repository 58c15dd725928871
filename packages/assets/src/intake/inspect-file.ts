import {
  encode,
  facts,
  probeSource,
  webp,
  type EncodedImage,
  type Facts,
  type Probe,
} from "@tintype/exporters";
import {
  pictureTypes,
  readImage,
  readImageFile,
  recipe,
  resize,
  runSteps,
  type ImageLimits,
} from "@tintype/image-core";

import { mislabelled } from "../asset-errors.ts";

/** What is known of a picture from looking at it once. */
export interface Inspection {
  readonly probe: Probe;
  readonly facts: Facts;
  readonly thumbnail: EncodedImage;
}

/** What is told of every picture: what a page shows before the picture is there. */
const wantedFacts = [
  "blurhash",
  "thumbhash",
  "dominantColor",
  "palette",
  "perceptualHash",
] as const;

const side = 320;
const thumbnailRecipe = recipe(resize({ width: side, height: side }));

/** What senders call types that they don't know. */
const anyType = new Set(["application/octet-stream", "binary/octet-stream", "image/*", "*/*", ""]);
const otherNames: Readonly<Record<string, string>> = {
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "image/x-png": "image/png",
  "image/heif": "image/heic",
  "image/x-ms-bmp": "image/bmp",
  "image/vnd.microsoft.icon": "image/x-icon",
};

/** Throws what a file's header, name and declared type are refused for, without decoding it. */
export async function assertAcceptable(
  path: string,
  named: { readonly name: string; readonly mediaType?: string | undefined },
  limits: ImageLimits,
): Promise<void> {
  const { source } = await readImageFile(path, limits, { name: named.name });
  const declared = (named.mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (anyType.has(declared)) return;
  if ((otherNames[declared] ?? declared) !== source.mediaType)
    throw mislabelled(declared, source.mediaType);
}

/** Decodes a picture once, small, and tells what a library keeps of it; throws `image.corrupt` where it can't be decoded. */
export async function inspectFile(path: string, limits: ImageLimits): Promise<Inspection> {
  const image = await readImageFile(path, limits, { animated: false });
  const probe = await probeSource(image, path);
  const { image: small } = await runSteps(image, thumbnailRecipe, { limits });
  const thumbnail = await encode(small, webp({ quality: 80 }));
  // Of the thumbnail: a large picture's pixels would not fit beside those of all others.
  return { probe, thumbnail, facts: await facts(await readImage(thumbnail.data), wantedFacts) };
}

/** The ending of a key for a format. */
export function extensionOf(format: string): string {
  return format === "jpeg" ? "jpg" : format in pictureTypes ? format : "bin";
}
