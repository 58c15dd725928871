import type { Pixels } from "@tintype/image-core";

const fileHeaderBytes = 14;
/** The header that names the masks of all channels, BITMAPV4HEADER; the plain one has no alpha. */
const masksHeaderBytes = 108;
const plainHeaderBytes = 40;
const pxPerMeter = 2835;

/** Writes pixels as a BMP of 24 bits a pixel, or of 32 where they have alpha or that is asked for. */
export function writeBmp(pixels: Pixels, bits?: 24 | 32): Buffer {
  const { data, width, height, channels } = pixels;
  const bytes = bits === 32 || channels === 4 ? 4 : 3;
  const headerBytes = bytes === 4 ? masksHeaderBytes : plainHeaderBytes;
  const stride = Math.ceil((width * bytes) / 4) * 4;
  const start = fileHeaderBytes + headerBytes;
  const file = Buffer.alloc(start + stride * height);
  file.write("BM", "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(headerBytes, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bytes * 8, 28);
  file.writeUInt32LE(stride * height, 34);
  file.writeInt32LE(pxPerMeter, 38);
  file.writeInt32LE(pxPerMeter, 42);
  if (bytes === 4) {
    file.writeUInt32LE(3, 30);
    for (const [index, mask] of [0xff0000, 0xff00, 0xff, 0xff000000].entries()) {
      file.writeUInt32LE(mask, 54 + index * 4);
    }
    file.write("BGRs", 70, "latin1");
  }
  for (let y = 0; y < height; y += 1) {
    let from = (height - 1 - y) * width * channels;
    let to = start + y * stride;
    for (let x = 0; x < width; x += 1) {
      file[to] = data[from + 2] as number;
      file[to + 1] = data[from + 1] as number;
      file[to + 2] = data[from] as number;
      if (bytes === 4) file[to + 3] = channels === 4 ? (data[from + 3] as number) : 255;
      from += channels;
      to += bytes;
    }
  }
  return file;
}
