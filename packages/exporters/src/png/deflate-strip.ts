import { constants, createDeflate } from "node:zlib";

import { freeBuffer } from "@tintype/image-core";

/** A strip of a longer stream, compressed by itself. */
export interface DeflatedStrip {
  /** Raw deflate blocks that end on a byte, none of them the last of the stream. */
  readonly blocks: Buffer;
  /** Of the strip before it was compressed. */
  readonly adler: number;
  readonly length: number;
}

/** Longer where the stream names what precedes it. */
const headerLength = (before: Buffer | undefined) => (before ? 6 : 2);
/** What ends every stream here: an empty last block, longer where blocks are stored, and the Adler-32 of all before. */
const trailerLength = (level: DeflateLevel) => (level === 0 ? 9 : 6);

/** How hard a strip is compressed: 0 stores it, "rle" looks for runs alone, 1 to 9 for ever longer matches. */
export type DeflateLevel = "rle" | number;

/** How far back deflate can refer. */
export const windowBytes = 32 * 1024;

/** Compresses a strip on the thread pool, and frees it; matches may reach back into what came before, where it is given. */
export function deflateStrip(
  strip: Buffer,
  level: DeflateLevel,
  previous?: Buffer,
): Promise<DeflatedStrip> {
  // Runs alone refer to nothing far back.
  const before = level === "rle" || level === 0 ? undefined : previous;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const deflate = createDeflate({
      chunkSize: 256 * 1024,
      ...(level === "rle" ? { strategy: constants.Z_RLE } : { level }),
      ...(before && { dictionary: before }),
    });
    deflate.on("data", (chunk: Buffer) => chunks.push(chunk));
    deflate.on("error", reject);
    deflate.on("end", () => {
      const stream = Buffer.concat(chunks);
      const { length } = strip;
      freeBuffer(strip);
      resolve({
        blocks: stream.subarray(headerLength(before), -trailerLength(level)),
        adler: stream.readUInt32BE(stream.length - 4),
        length,
      });
    });
    deflate.write(strip);
    deflate.flush(constants.Z_SYNC_FLUSH, () => deflate.end());
  });
}

/** The zlib stream of strips that were compressed side by side, in parts. */
export function joinStrips(strips: readonly DeflatedStrip[]): readonly Buffer[] {
  let whole = { adler: 1, length: 0 };
  for (const strip of strips) whole = combine(whole, strip);
  const trailer = Buffer.from([0x03, 0x00, 0, 0, 0, 0]);
  trailer.writeUInt32BE(whole.adler, 2);
  return [Buffer.from([0x78, 0x01]), ...strips.map(({ blocks }) => blocks), trailer];
}

const base = 65_521;

/** The Adler-32 of two byte strings one after the other, from those of each (zlib's `adler32_combine`). */
function combine(
  first: { readonly adler: number; readonly length: number },
  second: { readonly adler: number; readonly length: number },
): { adler: number; length: number } {
  const [a1, b1] = [first.adler % 65_536, Math.floor(first.adler / 65_536)];
  const [a2, b2] = [second.adler % 65_536, Math.floor(second.adler / 65_536)];
  const rest = second.length % base;
  const a = (a1 + a2 - 1 + base) % base;
  const b = (b1 + b2 + rest * (a1 - 1 + base)) % base;
  return { adler: b * 65_536 + a, length: first.length + second.length };
}
