import type { EmbeddedMetadata, Sharp } from "@tintype/image-core";
import readExif from "exif-reader";
import type { z } from "zod";

import { withProvenance } from "./provenance-xmp.ts";
import type { colorSpace, keep } from "./shared-options.ts";

/** The names of what to keep. */
export type KeptMetadata = z.output<typeof keep>;

/** The options that say what a file carries besides its pixels. */
export interface MetadataOptions {
  readonly keep?: KeptMetadata;
  readonly colorSpace?: z.output<typeof colorSpace>;
}

/** Tags that no longer hold for the pixels: they were turned upright and brought to sRGB, and may be smaller. */
const outdated = new Set([
  "Orientation",
  "ColorSpace",
  "PixelXDimension",
  "PixelYDimension",
  "ImageWidth",
  "ImageLength",
  "ExifTag",
  "GPSTag",
  "InteroperabilityTag",
  "MakerNote",
]);

/**
 * Writes into the file that a sharp instance will make the metadata that was asked for, and where the picture comes
 * from when a program made it; nothing else.
 */
export function keepMetadata(
  picture: Sharp,
  source: EmbeddedMetadata,
  { keep: kept = [], colorSpace: colors = "srgb" }: MetadataOptions,
): Sharp {
  const wants = (name: KeptMetadata[number]) =>
    kept.includes(name) || (name !== "gps" && kept.includes("all"));
  if (colors === "p3") picture.withIccProfile("p3");
  else if (wants("icc")) picture.withIccProfile("srgb");
  const xmp =
    wants("xmp") && source.xmp !== undefined ? keptXmp(source.xmp, wants("gps")) : undefined;
  const packet = source.provenance ? withProvenance(xmp, source.provenance) : xmp;
  if (packet !== undefined) picture.withXmp(packet);
  const exif = source.exif ? exifTags(source.exif, wants) : {};
  return Object.values(exif).some((tags) => Object.keys(tags).length > 0)
    ? picture.withExif(exif)
    : picture;
}

/** The EXIF tags to keep, by the directory names that sharp knows. */
function exifTags(
  exif: Uint8Array,
  wants: (name: KeptMetadata[number]) => boolean,
): Record<string, Record<string, string>> {
  const { Image: image = {}, Photo: photo = {}, GPSInfo: place = {} } = parsedExif(exif);
  const { Copyright, Artist } = image as Record<string, unknown>;
  return {
    ...(wants("copyright") && { IFD0: asText({ Copyright, Artist }) }),
    ...(wants("exif") && { IFD0: asText(image), IFD2: asText(photo) }),
    ...(wants("gps") && { IFD3: asText(place) }),
  };
}

function parsedExif(exif: Uint8Array): ReturnType<typeof readExif> | Record<string, undefined> {
  try {
    return readExif(Buffer.from(exif));
  } catch {
    // Broken metadata is no reason to refuse a picture: nothing of it is kept.
    return {};
  }
}

function asText(tags: object): Record<string, string> {
  const texts = Object.entries(tags)
    .filter(([name]) => !outdated.has(name))
    .map(([name, value]) => [name, tagText(value)] as const)
    .filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(texts);
}

/** A tag's value as libvips reads it; undefined for raw bytes, which have no text. */
function tagText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? undefined
      : value.toISOString().slice(0, 19).replaceAll("-", ":").replace("T", " ");
  }
  if (Array.isArray(value) && value.every((item) => typeof item === "number"))
    return value.join(" ");
  return undefined;
}

function keptXmp(xmp: string, withPlace: boolean): string | undefined {
  return withPlace ? xmp : withoutPlace(xmp);
}

/**
 * XMP can repeat the place, as attributes or as elements under any prefix: `exif:GPSLatitude`, `drone-dji:GpsLatitude`.
 * XMP that names it in yet another way is dropped whole.
 */
function withoutPlace(xmp: string): string | undefined {
  const stripped = xmp
    .replaceAll(/\s[\w.-]+:gps[\w.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/giu, "")
    .replaceAll(/<([\w.-]+:gps[\w.-]*)(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1\s*>)/giu, "");
  return /gps/iu.test(stripped) ? undefined : stripped;
}
