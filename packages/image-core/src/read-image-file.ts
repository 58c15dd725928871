import { open, readFile } from "node:fs/promises";

import type { DecodeRequest } from "./decoders/decoder.ts";
import { withSharp } from "./decoders/with-sharp.ts";
import { defaultLimits, type ImageLimits } from "./limits.ts";
import {
  assertPicture,
  decoders,
  openSource,
  type ReadOptions,
  type SourceImage,
} from "./read-image.ts";

/** What shows a file's type and its disguises lies within this many bytes of either end. */
const endBytes = 70_000;

/**
 * Reads the header of a picture in a file, as `readImage` does with one in memory, and throws the same errors. What
 * sharp itself reads is never in memory as a whole; a drawing, BMP, ICO or HEIC is. The file must stay as it is for as
 * long as the image is used.
 */
export async function readImageFile(
  path: string,
  limits: Partial<ImageLimits> = {},
  options: ReadOptions = {},
): Promise<SourceImage> {
  const allowed = { ...defaultLimits, ...limits };
  const { ends, bytes } = await readEnds(path);
  const format = assertPicture(ends, bytes, allowed, options.name);
  const decoder = decoders[format];
  const decode = async (request: DecodeRequest) =>
    decoder === withSharp ? withSharp(path, request) : decoder(await readFile(path), request);
  return openSource({ format, bytes, decode }, allowed, options);
}

/** The first and the last bytes of a file, or all where it is short. */
async function readEnds(path: string): Promise<{ ends: Uint8Array; bytes: number }> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  const ends = Buffer.alloc(Math.min(size, 2 * endBytes));
  const half = Math.min(ends.length, endBytes);
  await handle.read(ends, 0, half, 0);
  await handle.read(ends, half, ends.length - half, size - (ends.length - half));
  return { ends, bytes: size };
}
