import { TintypeError } from "@tintype/errors";

import { sharp } from "../process-settings.ts";
import { decodedHere } from "./decoded-here.ts";
import type { Decoder } from "./decoder.ts";
import { factsOf } from "./with-sharp.ts";

/** Opens a HEIC: sharp reads its header, the optional package `heic-decode` its pixels. */
export const heic: Decoder = async (bytes) => {
  const decode = await loadDecoder();
  const header = factsOf(await sharp(bytes, { limitInputPixels: false }).metadata());
  return decodedHere(header, async () => {
    // The whole picture turned and mirrored as its container says; EXIF says the same, and is not to be applied again.
    const { width, height, data } = await decode({ buffer: bytes });
    return {
      width,
      height,
      channels: 4,
      data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    };
  });
};

async function loadDecoder() {
  try {
    return (await import("heic-decode")).default;
  } catch (cause) {
    throw new TintypeError({
      kind: "unsupported",
      code: "image.decoder_missing",
      message:
        'HEIC pictures need the package "heic-decode": install it beside @tintype/image-core.',
      details: { format: "heic", package: "heic-decode" },
      cause,
    });
  }
}
