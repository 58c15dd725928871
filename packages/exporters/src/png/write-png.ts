import { availableParallelism } from "node:os";
import { crc32 } from "node:zlib";

import type { Pixels } from "@tintype/image-core";
import pLimit from "p-limit";

import { onSpareThread } from "../encoder-threads.ts";
import type { Compression } from "./choose-compression.ts";
import { deflateStrip, joinStrips, windowBytes, type DeflatedStrip } from "./deflate-strip.ts";
import { filterRows } from "./filter-rows.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Bytes of a strip: large enough to compress well, small enough to filter within a few ms on the main thread. */
const stripBytes = 1024 * 1024;
/** Of one in which matches are looked for, such as flat art: each gets Huffman codes of its own. */
const matchedStripBytes = stripBytes / 2;

/** Writes pixels as a PNG, losslessly; strips are compressed side by side on the thread pool. */
export async function writePng(pixels: Pixels, { filter, level }: Compression): Promise<Buffer> {
  const { width, height, channels } = pixels;
  const bytes = level === "rle" ? stripBytes : matchedStripBytes;
  const rows = Math.max(1, Math.ceil(bytes / (width * channels)));
  let previous: Buffer | undefined;
  const writeStrip = async (from: number): Promise<DeflatedStrip> => {
    const filtered = filterRows(pixels, filter, from, Math.min(height, from + rows));
    const before = previous;
    previous = Buffer.from(filtered.subarray(-windowBytes));
    return deflateStrip(filtered, level, before);
  };
  const starts = Array.from({ length: Math.ceil(height / rows) }, (_, strip) => strip * rows);
  // A few ask for a thread at a time, so that a small picture doesn't wait for all of a large one.
  const asking = pLimit(availableParallelism());
  const strips = await Promise.all(
    starts.map((from) => asking(() => onSpareThread(() => writeStrip(from)))),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 4 ? 6 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    ...chunk("IHDR", [header]),
    ...chunk("IDAT", joinStrips(strips)),
    ...chunk("IEND", []),
  ]);
}

function chunk(type: string, parts: readonly Buffer[]): readonly Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(parts.reduce((sum, part) => sum + part.length, 0));
  const name = Buffer.from(type, "latin1");
  const check = Buffer.alloc(4);
  check.writeUInt32BE([name, ...parts].reduce((sum, part) => crc32(part, sum), 0));
  return [length, name, ...parts, check];
}
