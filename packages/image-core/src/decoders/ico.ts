import { detectFormat } from "../detect-format.ts";
import type { Pixels } from "../image.ts";
import { decodedHere } from "./decoded-here.ts";
import type { Decoder } from "./decoder.ts";
import { decodeDib, readDibHeader, rowBytes, type DibHeader } from "./dib.ts";
import { withSharp } from "./with-sharp.ts";

/** Opens an icon: the largest of its pictures, and of several that large the one with the most colors. */
export const ico: Decoder = async (bytes, request) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = Array.from({ length: view.getUint16(4, true) }, (_, index) => {
    const at = 6 + index * 16;
    const [offset, length] = [view.getUint32(at + 12, true), view.getUint32(at + 8, true)];
    return {
      // A side of 256 does not fit in its byte, and is written as 0.
      area: (view.getUint8(at) || 256) * (view.getUint8(at + 1) || 256),
      bits: view.getUint16(at + 6, true),
      data: bytes.subarray(offset, offset + length),
    };
  });
  const [largest] = entries.toSorted((a, b) => b.area - a.area || b.bits - a.bits);
  if (!largest) throw new Error("an icon without pictures");
  const { data } = largest;
  if (detectFormat(data) === "png") return withSharp(data, request);
  const both = readDibHeader(new DataView(data.buffer, data.byteOffset, data.byteLength));
  // The height counts the picture and, below it, the mask of what is transparent.
  const header = { ...both, height: Math.floor(both.height / 2) };
  return decodedHere({ ...header, hasAlpha: true }, () => decodeIcon(data, header));
};

function decodeIcon(bytes: Uint8Array, header: DibHeader): Pixels {
  const { width, height, bits } = header;
  const masks = bits === 32 ? ([0xff0000, 0xff00, 0xff, 0xff000000] as const) : header.masks;
  const pixels = decodeDib(bytes, { ...header, masks });
  const hasOwnAlpha = bits === 32 && pixels.data.some((sample, at) => at % 4 === 3 && sample > 0);
  if (hasOwnAlpha) return pixels;
  const maskAt = header.end + rowBytes(width, bits) * height;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const byte = bytes[maskAt + (height - 1 - y) * rowBytes(width, 1) + (x >> 3)] ?? 0;
      pixels.data[(y * width + x) * 4 + 3] = (byte >> (7 - (x % 8))) & 1 ? 0 : 255;
    }
  }
  return pixels;
}
