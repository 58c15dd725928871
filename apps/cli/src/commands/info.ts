import type { Settings } from "@tintype/config";
import { readImage } from "@tintype/image-core";

import { readInput } from "../read-input.ts";
import { byteSize, table, write, type Terminal } from "../terminal.ts";

/** Shows what the header of a picture says. */
export async function infoCommand(
  file: string,
  { json }: { readonly json?: boolean },
  { limits }: Settings,
  terminal: Terminal,
): Promise<void> {
  const bytes = await readInput(file, terminal);
  const { source, metadata } = await readImage(bytes, {
    maxBytes: limits.maxImageBytes,
    maxPixels: limits.maxPixels,
    maxSide: limits.maxSide,
  });
  if (json === true) return write(terminal.stdout, `${JSON.stringify(source, null, 2)}\n`);
  return write(
    terminal.stdout,
    table([
      ["format", `${source.format} (${source.mediaType})`],
      ["size", `${source.width} × ${source.height} px`],
      ["file size", byteSize(source.bytes)],
      ["alpha", yes(source.hasAlpha)],
      ["frames or pages", String(source.pages)],
      ["color", `${source.colorSpace}, ${source.depth} bits`],
      ["ICC profile", yes(source.hasProfile)],
      ["EXIF orientation", String(source.orientation)],
      ["EXIF", yes(metadata.exif !== undefined)],
      ["XMP", yes(metadata.xmp !== undefined)],
    ]),
  );
}

function yes(value: boolean): string {
  return value ? "yes" : "no";
}
