import { sharp, type Image, type SourceImage } from "@tintype/image-core";

/** The file that an image came from, where no step changed anything in it. */
export interface Original {
  readonly image: SourceImage;
  readonly bytes: Uint8Array;
}

/**
 * Whether a source can stand for a file made of it: the same format, picture and frames, upright, and nothing in it
 * that would have been left out or converted.
 */
export async function canStand(
  { image: { source }, bytes }: Original,
  image: Image,
  format: string,
): Promise<boolean> {
  const frames = image.animation?.delays.length ?? 1;
  const isSame =
    source.format === format &&
    source.width === image.width &&
    source.height === image.height &&
    source.pages === frames &&
    source.orientation === 1 &&
    image.metadata.provenance === undefined;
  if (!isSame) return false;
  const { exif, xmp, iptc, icc, comments } = await sharp(bytes, {
    limitInputPixels: false,
  }).metadata();
  return !exif && !xmp && !iptc && !icc && !comments?.length;
}
