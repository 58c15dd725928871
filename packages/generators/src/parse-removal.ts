import {
  invalidRemovalError,
  minRemovalSidePx,
  pictureTooSmallError,
} from "./background-errors.ts";
import type { FractionalBox, RawPicture, RemovalOptions } from "./background-remover.ts";

/** Removal options with every default filled in. */
export interface RemovalSettings {
  readonly box: FractionalBox | undefined;
  readonly featherPx: number;
  readonly alphaThreshold: number;
  readonly keepHoles: boolean;
  readonly largestObjectOnly: boolean;
}

/** Checks what a remover was given and fills in the defaults, or throws `background.invalid_input` or `background.picture_too_small`. */
export function parseRemoval(picture: RawPicture, options: RemovalOptions = {}): RemovalSettings {
  const { width, height, channels, data } = picture;
  if (data.length !== width * height * channels) {
    throw invalidRemovalError("The picture's data must hold width × height × channels bytes.");
  }
  if (Math.min(width, height) < minRemovalSidePx) throw pictureTooSmallError(width, height);
  return {
    box: options.box && parseBox(options.box),
    featherPx: within("featherPx", options.featherPx ?? 0, 100),
    alphaThreshold: within("alphaThreshold", options.alphaThreshold ?? 0.05, 0.5),
    keepHoles: options.keepHoles ?? false,
    largestObjectOnly: options.largestObjectOnly ?? false,
  };
}

function parseBox({ left, top, width, height }: FractionalBox): FractionalBox {
  within("box.left", left, 1);
  within("box.top", top, 1);
  within("box.width", width, 1);
  within("box.height", height, 1);
  // Fractions that were computed may pass 1 by a rounding.
  if (!(width > 0 && height > 0 && left + width < 1.000_001 && top + height < 1.000_001)) {
    throw invalidRemovalError("The box must have an area and lie inside of the picture.");
  }
  return { left, top, width, height };
}

function within(name: string, value: number, max: number): number {
  if (value >= 0 && value <= max) return value;
  throw invalidRemovalError(`${name} must be from 0 to ${String(max)}.`);
}
