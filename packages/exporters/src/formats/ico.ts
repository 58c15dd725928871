import { imageFromPixels, type Pixels } from "@tintype/image-core";
import { z } from "zod";

import { defineExporter, type WrittenFile } from "../define-exporter.ts";

/** ICO: one picture in several small sizes, for the tabs of browsers. */
export const ico = defineExporter({
  name: "ico",
  summary: "One picture in several small squares, with transparency; for the tabs of browsers.",
  examples: [{}, { sizes: [32] }],
  mediaType: "image/x-icon",
  extension: "ico",
  alpha: true,
  options: z.strictObject({
    sizes: z
      .array(z.int().min(1).max(256))
      .min(1)
      .max(16)
      .default([16, 32, 48, 256])
      .meta({ unit: "px" })
      .describe(
        "Sides of the squares that the picture is fitted into; no square is larger than the picture, but the smallest.",
      ),
  }),
  write: (pixels, { sizes }) => writeIco(pixels, sizes),
});

const directoryBytes = 6;
const entryBytes = 16;

async function writeIco(pixels: Pixels, wished: readonly number[]): Promise<WrittenFile> {
  const longer = Math.max(pixels.width, pixels.height);
  const sorted = [...new Set(wished)].toSorted((a, b) => a - b);
  const sizes = sorted.filter((size, index) => index === 0 || size <= longer);
  const pictures = await Promise.all(sizes.map((size) => square(pixels, size)));
  const directory = Buffer.alloc(directoryBytes + entryBytes * sizes.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(sizes.length, 4);
  let offset = directory.length;
  for (const [index, picture] of pictures.entries()) {
    const at = directoryBytes + entryBytes * index;
    // A side of 256 is written as 0.
    directory.fill((sizes[index] as number) % 256, at, at + 2);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(picture.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  const largest = sizes.at(-1) as number;
  return { data: Buffer.concat([directory, ...pictures]), width: largest, height: largest };
}

function square(pixels: Pixels, size: number): Promise<Buffer> {
  return imageFromPixels(pixels)
    .open()
    .ensureAlpha()
    .resize({
      width: size,
      height: size,
      fit: "contain",
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
