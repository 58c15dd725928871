import type { Pixels } from "../image.ts";
import type { Size } from "../limits.ts";

/** The header of a device-independent bitmap: a BMP after its first 14 bytes, and an entry of an ICO. */
export interface DibHeader extends Size {
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  readonly topDown: boolean;
  readonly compression: "none" | "rle8" | "rle4";
  /** Which bits of a 16- or 32-bit pixel hold red, green, blue and alpha; alpha is 0 where there is none. */
  readonly masks: readonly [red: number, green: number, blue: number, alpha: number];
  /** Where the palette begins, how many colors it has, and the bytes of each. */
  readonly palette: { readonly at: number; readonly colors: number; readonly bytes: 3 | 4 };
  /** Where the samples begin when nothing else says so. */
  readonly end: number;
}

/** Reads the header that begins at a place; throws when it is of no known kind. */
export function readDibHeader(view: DataView, at = 0): DibHeader {
  const headerBytes = view.getUint32(at, true);
  const old = headerBytes === 12;
  if (!old && (headerBytes < 40 || headerBytes > 124)) throw new Error("unknown bitmap header");
  const width = old ? view.getUint16(at + 4, true) : view.getInt32(at + 4, true);
  const height = old ? view.getUint16(at + 6, true) : view.getInt32(at + 8, true);
  const bits = view.getUint16(at + (old ? 10 : 14), true);
  if (width < 1 || height === 0 || ![1, 4, 8, 16, 24, 32].includes(bits)) {
    throw new Error("impossible bitmap header");
  }
  const method = old ? 0 : view.getUint32(at + 16, true);
  const compression = ({ 0: "none", 1: "rle8", 2: "rle4", 3: "none", 6: "none" } as const)[method];
  if (
    !compression ||
    (compression === "rle8" && bits !== 8) ||
    (compression === "rle4" && bits !== 4)
  ) {
    throw new Error("unknown bitmap compression");
  }
  const masked = method === 3 || method === 6;
  // Masks follow a header of 40 bytes and are part of a longer one, at the same place.
  const maskBytes = masked && headerBytes === 40 ? (method === 6 ? 16 : 12) : 0;
  const mask = (index: number) =>
    headerBytes + maskBytes >= 44 + index * 4 ? view.getUint32(at + 40 + index * 4, true) : 0;
  const counted = old ? 0 : view.getUint32(at + 32, true);
  const colors = bits <= 8 ? Math.min(counted || 2 ** bits, 2 ** bits) : 0;
  const bytes = old ? 3 : 4;
  const paletteAt = at + headerBytes + maskBytes;
  return {
    width,
    height: Math.abs(height),
    bits: bits as DibHeader["bits"],
    topDown: height < 0,
    compression,
    masks: masked
      ? [mask(0), mask(1), mask(2), mask(3)]
      : bits === 16
        ? [0x7c00, 0x03e0, 0x001f, 0]
        : [0xff0000, 0xff00, 0xff, 0],
    palette: { at: paletteAt, colors, bytes },
    end: paletteAt + (bits <= 8 ? colors : counted) * bytes,
  };
}

/** Decodes the samples that begin at a place to RGBA; throws a RangeError when they are cut short. */
export function decodeDib(bytes: Uint8Array, header: DibHeader, at = header.end): Pixels {
  const { width, height, topDown } = header;
  const data = Buffer.alloc(width * height * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const row = (y: number) => (topDown ? y : height - 1 - y) * width * 4;
  if (header.bits > 8) decodeMasked(view, header, at, data, row);
  else decodeIndexed(view, header, at, data, row);
  return { data, width, height, channels: 4 };
}

type RowStart = (y: number) => number;

/** 16, 24 and 32 bits a pixel. */
function decodeMasked(
  view: DataView,
  { width, height, bits, masks }: DibHeader,
  at: number,
  data: Buffer,
  row: RowStart,
): void {
  const stride = rowBytes(width, bits);
  const [red, green, blue, alpha] = masks.map(sampleOf) as [Sample, Sample, Sample, Sample];
  const opaque = masks[3] === 0;
  for (let y = 0; y < height; y += 1) {
    let to = row(y);
    for (let x = 0; x < width; x += 1) {
      const from = at + y * stride + (x * bits) / 8;
      const pixel =
        bits === 16
          ? view.getUint16(from, true)
          : bits === 32
            ? view.getUint32(from, true)
            : view.getUint16(from, true) + view.getUint8(from + 2) * 65_536;
      data[to] = red(pixel);
      data[to + 1] = green(pixel);
      data[to + 2] = blue(pixel);
      data[to + 3] = opaque ? 255 : alpha(pixel);
      to += 4;
    }
  }
}

type Sample = (pixel: number) => number;

/** Reads the bits of a mask as a sample of 0 to 255. */
function sampleOf(mask: number): Sample {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return most === 255
    ? (pixel) => (pixel >>> shift) & 255
    : (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

/** 1, 4 and 8 bits a pixel: places in a palette. */
function decodeIndexed(
  view: DataView,
  header: DibHeader,
  at: number,
  data: Buffer,
  row: RowStart,
): void {
  const { width, height, bits, palette } = header;
  const put = (x: number, y: number, index: number) => {
    const to = row(y) + x * 4;
    data[to + 3] = 255;
    if (index >= palette.colors) return;
    const from = palette.at + index * palette.bytes;
    data[to] = view.getUint8(from + 2);
    data[to + 1] = view.getUint8(from + 1);
    data[to + 2] = view.getUint8(from);
  };
  if (header.compression !== "none") {
    decodeRuns(view, header, at, put);
    return;
  }
  const stride = rowBytes(width, bits);
  const perByte = 8 / bits;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const byte = view.getUint8(at + y * stride + Math.floor(x / perByte));
      put(x, y, (byte >> (8 - bits * ((x % perByte) + 1))) & (2 ** bits - 1));
    }
  }
}

/** Run lengths: pairs of a count and a value, and after a zero an end, a jump, or values as they are. */
function decodeRuns(
  view: DataView,
  { width, height, bits }: DibHeader,
  start: number,
  put: (x: number, y: number, index: number) => void,
): void {
  let [at, x, y] = [start, 0, 0];
  const next = () => view.getUint8(at++);
  const place = (index: number) => {
    if (x < width && y < height) put(x, y, index);
    x += 1;
  };
  const nibble = (byte: number, index: number) =>
    bits === 8 ? byte : index % 2 === 0 ? byte >> 4 : byte & 15;
  while (y < height) {
    const [count, value] = [next(), next()];
    if (count > 0) {
      for (let index = 0; index < count; index += 1) place(nibble(value, index));
    } else if (value === 0) {
      [x, y] = [0, y + 1];
    } else if (value === 1) {
      return;
    } else if (value === 2) {
      x += next();
      y += next();
    } else {
      const bytes = Math.ceil((value * bits) / 8);
      for (let index = 0; index < value; index += 1) {
        place(nibble(view.getUint8(at + (bits === 8 ? index : index >> 1)), index));
      }
      at += bytes + (bytes % 2);
    }
  }
}

/** Rows are filled up to whole words of 32 bits. */
export function rowBytes(width: number, bits: number): number {
  return Math.ceil((width * bits) / 32) * 4;
}
