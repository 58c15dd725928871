import type { Metadata } from "sharp";

import { sharp } from "../process-settings.ts";
import type { Decodable, DecodeRequest, HeaderFacts } from "./decoder.ts";

/** Opens what sharp itself reads (JPEG, PNG, WebP, AVIF, GIF and TIFF), from memory or from a file. */
export async function withSharp(
  input: Uint8Array | string,
  { limits, page }: DecodeRequest,
): Promise<Decodable> {
  // Without sharp's own pixel limit, which would fire here with an error that carries no code.
  const header = await sharp(input, { limitInputPixels: false, page }).metadata();
  const facts = factsOf(header);
  const open = (given: { readonly page: number } | { readonly animated: true }) => {
    const instance = sharp(input, { limitInputPixels: limits.maxPixels, ...given });
    if (facts.orientation > 1) instance.autoOrient();
    // 16-bit samples with a profile decode to wrong colors unless the profile of the output is named; untagged ones break if it is.
    if (facts.depth === 16 && facts.hasProfile) instance.withIccProfile("srgb");
    return instance;
  };
  return {
    facts,
    metadata: embeddedMetadata(header),
    open: () => open({ page }),
    ...animationOf(header, () => open({ animated: true })),
  };
}

/** What sharp's header says, in our words. */
export function factsOf(header: Metadata): HeaderFacts {
  return {
    width: header.autoOrient.width,
    height: header.autoOrient.height,
    hasAlpha: header.hasAlpha,
    pages: header.pages ?? 1,
    depth: header.depth === "uchar" ? 8 : header.depth === "ushort" ? 16 : 32,
    colorSpace: header.space,
    hasProfile: header.hasProfile,
    orientation: header.orientation ?? 1,
  };
}

function embeddedMetadata({ exif, xmpAsString }: Metadata): Decodable["metadata"] {
  return { ...(exif && { exif }), ...(xmpAsString !== undefined && { xmp: xmpAsString }) };
}

/** Pages with delays are frames; those of a TIFF are pictures of their own. */
function animationOf(
  { pages = 1, delay, loop = 0 }: Metadata,
  open: () => ReturnType<Decodable["open"]>,
): Pick<Decodable, "animation"> {
  if (pages === 1 || delay === undefined) return {};
  // A WebP of which libvips knows one delay alone names that for all frames.
  const delays = Array.from({ length: pages }, (_, index) => delay[index] ?? delay[0] ?? 100);
  return { animation: { delays, loop, open } };
}
