import type { RawPicture } from "@tintype/generators";
import { sharp } from "@tintype/image-core";

/** What the service takes at most. */
export interface RequestLimits {
  readonly maxSidePx: number;
  readonly maxBytes: number;
}

/** JPEG qualities to try, the best first: what is cut by the mask is the original, not this file. */
const qualities = [95, 88, 75];

/** A picture as a JPEG that the service takes: over white where it is transparent, smaller where it is too large. */
export async function shrinkPicture(
  { data, width, height, channels }: RawPicture,
  { maxSidePx, maxBytes }: RequestLimits,
): Promise<Uint8Array> {
  let sidePx = Math.min(maxSidePx, Math.max(width, height));
  for (;;) {
    for (const quality of qualities) {
      const file = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
        .flatten({ background: "#ffffff" })
        .resize({ width: sidePx, height: sidePx, fit: "inside", withoutEnlargement: true })
        .jpeg({ quality, chromaSubsampling: "4:4:4" })
        .toBuffer();
      if (file.length <= maxBytes) return file;
    }
    sidePx = Math.floor(sidePx * 0.7);
  }
}
