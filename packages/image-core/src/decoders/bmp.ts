import { decodedHere } from "./decoded-here.ts";
import type { Decoder } from "./decoder.ts";
import { decodeDib, readDibHeader, rowBytes } from "./dib.ts";

const fileHeaderBytes = 14;

/** Opens a BMP of 1 to 32 bits a pixel, also run-length encoded. */
export const bmp: Decoder = async (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readDibHeader(view, fileHeaderBytes);
  const hasAlpha = header.bits > 8 && header.masks[3] !== 0;
  const at = view.getUint32(10, true);
  const { width, height, bits } = header;
  const needed = rowBytes(width, bits) * (height - 1) + Math.ceil((width * bits) / 8);
  if (header.compression === "none" && bytes.length < at + needed) throw new Error("cut short");
  return decodedHere({ ...header, hasAlpha }, () => decodeDib(bytes, header, at));
};
