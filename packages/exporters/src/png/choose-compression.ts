import type { Pixels } from "@tintype/image-core";

import { deflateStrip, type DeflateLevel } from "./deflate-strip.ts";
import { filterRows, type RowFilter } from "./filter-rows.ts";

/** How the rows of a picture are filtered and compressed. */
export interface Compression {
  readonly filter: RowFilter;
  readonly level: DeflateLevel;
}

/** How much CPU a picture may cost for its size. */
export interface Effort {
  /** 0 to 9, as in zlib. */
  readonly compressionLevel: number;
  readonly profile: "fast" | "balanced" | "small";
}

/** After Paeth, more than this buys 3 % of bytes for two to five times the CPU. */
const usefulLevel = 4;

/** Rows of a picture in a few bands, enough to tell photographs from flat art. */
const sampleBands = 4;
const sampleBytes = 128 * 1024;

/**
 * Tries the ways to compress a picture on a small part of it and takes the cheapest that is not much larger:
 * photographs need no string matching behind the Paeth filter, enlarged ones and cut-outs gain by it, and flat art is
 * smallest unfiltered.
 */
export async function chooseCompression(pixels: Pixels, effort: Effort): Promise<Compression> {
  const { compressionLevel, profile } = effort;
  if (compressionLevel === 0) return { filter: "none", level: 0 };
  const cheap: Compression = { filter: "paeth", level: "rle" };
  const most = profile === "small" ? compressionLevel : Math.min(compressionLevel, usefulLevel);
  const matched: Compression = { filter: "paeth", level: most };
  const plain: Compression = { filter: "none", level: profile === "fast" ? 1 : compressionLevel };

  const sample = sampleOf(pixels);
  const [rle, paeth, none] = await Promise.all(
    [cheap, matched, plain].map(async ({ filter, level }) => {
      const rows = filterRows(sample, filter, 0, sample.height);
      return (await deflateStrip(rows, level)).blocks.length;
    }),
  );
  const [cheapBytes = 0, matchedBytes = 0, plainBytes = 0] = [rle, paeth, none];
  if (plainBytes < 0.9 * Math.min(cheapBytes, matchedBytes)) return plain;
  const tolerance = { fast: 1.5, balanced: 1.03, small: 1 }[profile];
  return cheapBytes <= tolerance * matchedBytes ? cheap : matched;
}

/** A few bands of whole rows, one below the other; the whole picture when it is small. */
function sampleOf(pixels: Pixels): Pixels {
  const { data, width, height, channels } = pixels;
  const stride = width * channels;
  const rows = Math.max(2, Math.floor(sampleBytes / stride / sampleBands));
  if (rows * sampleBands >= height) return pixels;
  const bands = Array.from({ length: sampleBands }, (_, band) => {
    const top = Math.floor(((band + 0.5) * height) / sampleBands - rows / 2);
    return data.subarray(top * stride, (top + rows) * stride);
  });
  return { data: Buffer.concat(bands), width, height: rows * sampleBands, channels };
}
