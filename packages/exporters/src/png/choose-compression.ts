import type { Pixels } from "@tintype/image-core";

import { onSpareThread } from "../encoder-threads.ts";
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

/** After a filter, more than this buys 3 % of bytes for two to five times the CPU. */
const usefulLevel = 4;

/** What compresses below this share of its bytes by runs alone is flat art: matching costs little there, and gains. */
const flatShare = 0.15;

const sampleBands = 6;
const sampleBytes = 256 * 1024;

/**
 * Tries the ways to compress a picture on a small part of it and takes the cheapest that is not much larger:
 * photographs need no string matching behind a filter, enlarged ones and cut-outs gain by it, and much flat art is
 * smallest unfiltered.
 */
export async function chooseCompression(pixels: Pixels, effort: Effort): Promise<Compression> {
  const { compressionLevel, profile } = effort;
  if (compressionLevel === 0) return { filter: "none", level: 0 };
  const isSmall = profile === "small";
  const matchedLevel = isSmall ? compressionLevel : Math.min(compressionLevel, usefulLevel);

  const sample = sampleOf(pixels);
  const bytesBy = (filter: RowFilter, level: DeflateLevel): Promise<number> =>
    onSpareThread(async () => {
      const rows = filterRows(sample, filter, 0, sample.height);
      return (await deflateStrip(rows, level)).blocks.length;
    });
  const [byPaeth, byAverage] = await Promise.all([
    bytesBy("paeth", "rle"),
    bytesBy("average", "rle"),
  ]);
  const filter = byAverage < byPaeth ? "average" : "paeth";
  const cheapest = Math.min(byPaeth, byAverage);
  if (profile === "fast") return { filter, level: "rle" };

  const [matched, plain] = await Promise.all([
    bytesBy("paeth", usefulLevel),
    bytesBy("none", usefulLevel),
  ]);
  if (plain < 0.9 * Math.min(cheapest, matched)) return { filter: "none", level: compressionLevel };
  const isFlat = cheapest < flatShare * sample.data.length;
  const tolerance = isFlat || isSmall ? 1 : 1.03;
  return cheapest <= tolerance * matched
    ? { filter, level: "rle" }
    : { filter: "paeth", level: matchedLevel };
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
