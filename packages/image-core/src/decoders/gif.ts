import type { Decoder } from "./decoder.ts";
import { withSharp } from "./with-sharp.ts";

/** Opens a GIF that is whole: of one that is cut, sharp would show the frames that it finds and say nothing of the rest. */
export const gif: Decoder = (bytes, request) => {
  if (isCut(bytes)) throw new Error("The GIF ends before its trailer.");
  return withSharp(bytes, request);
};

/** Whether the file ends inside of a block, or before the block that ends it (GIF89a, sections 15 to 27). */
function isCut(bytes: Uint8Array): boolean {
  let at = 13 + colorTable(bytes[10]);
  while (at < bytes.length) {
    if (bytes[at] === 0x21) at = afterParts(bytes, at + 2);
    else if (bytes[at] === 0x2c) at = afterParts(bytes, at + 11 + colorTable(bytes[at + 9]));
    // The trailer; or something unknown, which is the decoder's to judge.
    else return false;
  }
  return true;
}

/** Bytes of the color table that such flags announce. */
function colorTable(flags = 0): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/** Where a chain of parts that each begin with their length ends. */
function afterParts(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at]) {
    at += length + 1;
  }
  return at + 1;
}
