import { readImage, sharp, type ImageLimits, type SourceFacts } from "@tintype/image-core";

import { exifData, type ExifData } from "./exif-data.ts";
import { iptcData, type IptcData } from "./iptc-data.ts";
import { xmpData, type XmpData } from "./xmp-data.ts";

/** What a file says of itself, as plain JSON data; broken or missing metadata is empty. */
export interface Probe {
  readonly source: SourceFacts;
  readonly exif: ExifData;
  readonly iptc: IptcData;
  readonly xmp: XmpData;
}

/** The formats in which IPTC-IIM is found. */
const iptcFormats: ReadonlySet<string> = new Set(["jpeg", "tiff"]);

/** Reads the header and the metadata of an encoded picture, and no pixels; throws what `readImage` throws. */
export async function probe(bytes: Uint8Array, limits: Partial<ImageLimits> = {}): Promise<Probe> {
  const { source, metadata } = await readImage(bytes, limits);
  const { iptc } = iptcFormats.has(source.format)
    ? await sharp(bytes, { limitInputPixels: false }).metadata()
    : {};
  return {
    source,
    exif: metadata.exif ? exifData(metadata.exif) : {},
    iptc: iptc ? iptcData(iptc) : {},
    xmp: metadata.xmp === undefined ? {} : xmpData(metadata.xmp),
  };
}
