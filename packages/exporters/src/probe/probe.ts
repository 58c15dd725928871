import {
  readImage,
  sharp,
  type ImageLimits,
  type SourceFacts,
  type SourceImage,
} from "@tintype/image-core";

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
  return probeSource(await readImage(bytes, limits), bytes);
}

/** What a picture that was read from bytes, or from a file at a path, says of itself. */
export async function probeSource(
  { source, metadata }: SourceImage,
  input: Uint8Array | string,
): Promise<Probe> {
  const { iptc } = iptcFormats.has(source.format)
    ? await sharp(input, { limitInputPixels: false }).metadata()
    : {};
  return {
    source,
    exif: metadata.exif ? exifData(metadata.exif) : {},
    iptc: iptc ? iptcData(iptc) : {},
    xmp: metadata.xmp === undefined ? {} : xmpData(metadata.xmp),
  };
}
