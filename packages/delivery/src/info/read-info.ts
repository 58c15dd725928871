import { facts, probe } from "@tintype/exporters";
import { parseColor, readImage, readPixels, type Image } from "@tintype/image-core";
import type { Pipeline } from "@tintype/pipeline";
import { encode } from "blurhash";

import type { Presets } from "../dialect/presets.ts";
import { parseInfoAddress } from "./info-options.ts";

/** What is known of a picture, by the names of imgproxy's answer. */
export type ImageInfo = Readonly<Record<string, unknown>>;

/** What reading needs. */
export interface InfoContext {
  readonly pipeline: Pipeline;
  readonly presets: Presets;
  readonly bytesOf: (source: string) => Promise<Uint8Array>;
  readonly assertAlive: (expires: number) => void;
}

/** Tells of a source what an address asks for: from its header where that is enough, else from its pixels. */
export async function readInfo(
  path: string,
  { pipeline: { limits, admission }, presets, bytesOf, assertAlive }: InfoContext,
): Promise<ImageInfo> {
  const { options, source } = parseInfoAddress(path, presets);
  assertAlive(options.expires);
  const bytes = await bytesOf(source);
  const known = await probe(bytes, limits);
  const { width, height, format } = known.source;
  const told = {
    ...(options.size && { size: bytes.length }),
    ...(options.format && { format }),
    ...(options.dimensions && { width, height }),
    ...(options.exif && { exif: known.exif }),
    ...(options.iptc && { iptc: known.iptc }),
    ...(options.xmp && { xmp: known.xmp }),
  };
  const { palette, dominantColors, blurhash } = options;
  const hasHash = blurhash.x > 0 && blurhash.y > 0;
  if (palette === 0 && !dominantColors && !hasHash) return told;
  const leave = await admission.enter(width * height);
  try {
    const image = await readImage(bytes, limits, { animated: false });
    const seen = await facts(image, ["palette", "dominantColor"]);
    return {
      ...told,
      ...(palette > 0 && {
        palette: seen.palette.slice(0, palette).map(({ color }) => samples(color)),
      }),
      ...(dominantColors &&
        seen.dominantColor !== null && {
          dominant_colors: { vibrant: samples(seen.dominantColor) },
        }),
      ...(hasHash && { blurhash: await blurhashOf(image, blurhash) }),
    };
  } finally {
    leave();
  }
}

function samples(color: string): Readonly<Record<"R" | "G" | "B" | "A", number>> {
  const { r, g, b } = parseColor(color);
  return { R: r, G: g, B: b, A: 255 };
}

/** A BlurHash of so many waves, over white. */
async function blurhashOf(image: Image, waves: { readonly x: number; readonly y: number }) {
  const reduced = image
    .open({ width: 64, height: 64 })
    .resize({ width: 64, height: 64, fit: "inside" })
    .flatten({ background: "#ffffff" })
    .ensureAlpha();
  const { data, width, height } = await readPixels(reduced);
  return encode(new Uint8ClampedArray(data), width, height, waves.x, waves.y);
}
