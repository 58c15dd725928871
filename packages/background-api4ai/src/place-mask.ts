import type { RawPicture, RemovalSettings } from "@tintype/generators";
import { sharp } from "@tintype/image-core";

import type { Api4aiEndpoint } from "./call-api4ai.ts";
import { freeEdgeColors } from "./free-edge-colors.ts";

/** A mask at the picture's full size, and the colors that go under it. */
export interface PlacedMask {
  readonly mask: Uint8Array;
  readonly foreground: Uint8Array;
}

/** Brings what the service answered to the full-size picture, and follows the wishes that it knows nothing of. */
export async function placeMask(
  picture: RawPicture,
  png: Uint8Array,
  mode: Api4aiEndpoint["mode"],
  settings: RemovalSettings,
): Promise<PlacedMask> {
  const { width, height } = picture;
  const answer = sharp(png).resize({ width, height, fit: "fill", kernel: "cubic" });
  const plane =
    mode === "fg-mask" ? answer.clone().toColourspace("b-w") : answer.clone().ensureAlpha();
  const found = await plane
    .extractChannel(mode === "fg-mask" ? 0 : 3)
    .raw()
    .toBuffer();
  const mask = await wished(found, picture, settings);
  return {
    mask,
    foreground:
      mode === "fg-image-shadow"
        ? withShadow(
            picture,
            mask,
            await answer.removeAlpha().toColourspace("srgb").raw().toBuffer(),
          )
        : freeEdgeColors(picture, mask),
  };
}

async function wished(
  found: Buffer,
  { data, width, height, channels }: RawPicture,
  { box, featherPx, alphaThreshold }: RemovalSettings,
): Promise<Uint8Array> {
  const [low, high] = [alphaThreshold * 255, (1 - alphaThreshold) * 255];
  const stretched = found.map((alpha, index) => {
    const [x, y] = [((index % width) + 0.5) / width, (Math.floor(index / width) + 0.5) / height];
    const outside =
      box && (x < box.left || y < box.top || x > box.left + box.width || y > box.top + box.height);
    if (outside || alpha <= low) return 0;
    return alpha >= high ? 255 : Math.round(((alpha - low) / (high - low)) * 255);
  });
  const soft =
    featherPx >= 0.3
      ? await sharp(stretched, { raw: { width, height, channels: 1 }, limitInputPixels: false })
          .blur(featherPx)
          .extractChannel(0)
          .raw()
          .toBuffer()
      : stretched;
  if (channels === 3) return soft;
  return soft.map((alpha, index) => Math.round((alpha * (data[index * 4 + 3] ?? 0)) / 255));
}

/** The picture's own colors, and the service's where it lies half-transparent: that is the shadow. */
function withShadow({ data, channels }: RawPicture, mask: Uint8Array, answer: Buffer): Uint8Array {
  const colors = new Uint8Array(mask.length * 3);
  for (let index = 0; index < mask.length; index++)
    for (const c of [0, 1, 2] as const)
      colors[index * 3 + c] =
        ((mask[index] ?? 0) > 250 ? data[index * channels + c] : answer[index * 3 + c]) ?? 0;
  return colors;
}
