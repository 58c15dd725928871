import { isAbort, TintypeError } from "@tintype/errors";

import { freeBuffer } from "./free-buffer.ts";
import type { Size } from "./limits.ts";
import { sharp, type Sharp } from "./process-settings.ts";

/** Decoded 8-bit sRGB samples, row by row, `channels` interleaved (RGB or RGBA, alpha not premultiplied). */
export interface Pixels extends Size {
  readonly data: Buffer;
  readonly channels: 3 | 4;
}

/** Where a picture comes from that a program made; written into every file whose format can hold it. */
export interface Provenance {
  /** A term of the IPTC's digital source types, such as `trainedAlgorithmicMedia`. */
  readonly digitalSourceType: string;
  /** The program or model that made the picture. */
  readonly model: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What a picture carries besides its pixels, as found in its source. */
export interface EmbeddedMetadata {
  readonly exif?: Uint8Array;
  readonly xmp?: string;
  readonly provenance?: Provenance;
}

/** How long the frames of an animation are shown. */
export interface Timing {
  /** Ms, one for each frame. */
  readonly delays: readonly number[];
  /** How often it plays; 0 is for ever. */
  readonly loop: number;
}

/** The frames of an animation: pictures of one size and the same channels. */
export interface Animation extends Timing {
  /** All frames, decoded once and together. */
  frames(): Promise<readonly Image[]>;
}

/** A picture on its way through the pipeline: upright, 8-bit sRGB, decoded when first needed. */
export interface Image extends Size {
  readonly hasAlpha: boolean;
  readonly metadata: EmbeddedMetadata;
  /**
   * Set where steps must begin with {@link Image.pixels}: the decoder's own instance would work on gray, CMYK or 16-bit
   * samples, in which a color that a step names is another color.
   */
  readonly decodeFirst?: boolean;
  /** Set on a source: how its samples are stored, in libvips' words, such as `cmyk` or `b-w`; sRGB elsewhere. */
  readonly colorSpace?: string | undefined;
  /** Set on an animation; the image itself is then the first frame. */
  readonly animation?: Animation;
  /**
   * A fresh sharp instance on this picture, for a source straight on its decoder: a JPEG then shrinks while loading.
   * A vector picture is drawn at the size that is wanted, or a little off it: resize what you get.
   */
  open(wanted?: Size): Sharp;
  /** The decoded pixels: decoded once, shared by all who ask; not to be written to, nor to be held when the image is done with. */
  pixels(): Promise<Pixels>;
  /**
   * Set where decoding or the last step was left for later: the instance that does it, to which nothing but an encoder
   * may be added. Given once, and not after the pixels were asked for.
   */
  undone?(): Sharp | undefined;
  /**
   * Gives the memory of the image's own pixels back at once, where the garbage collector would come by later and go
   * through everything for it. Only for who made the image, when nobody works with it any more.
   */
  release?(): void;
}

/** An image over pixels in memory. */
export function imageFromPixels(pixels: Pixels, metadata: EmbeddedMetadata = {}): Image {
  return {
    width: pixels.width,
    height: pixels.height,
    hasAlpha: pixels.channels === 4,
    metadata,
    open: () => openPixels(pixels),
    pixels: async () => pixels,
  };
}

const standing = new WeakSet<Image>();

/** An image over pixels that were made for it, and that nobody else holds. */
export function imageFromOwnPixels(pixels: Pixels, metadata: EmbeddedMetadata = {}): Image {
  const image = { ...imageFromPixels(pixels, metadata), release: () => freeBuffer(pixels.data) };
  standing.add(image);
  return image;
}

/** Whether an image stands on finished pixels of its own, so that it no longer needs what it was made of. */
export function standsAlone(image: Image): boolean {
  return standing.has(image);
}

/** An animation over frames of one size and the same channels, at least one. */
export function imageFromFrames(
  frames: readonly Image[],
  { delays, loop }: Timing,
  metadata: EmbeddedMetadata = {},
): Image {
  const [first] = frames as readonly [Image];
  return { ...first, metadata, animation: { delays, loop, frames: async () => frames } };
}

/** An image over an encoded file that `decode` opens, as often as needed. */
export function imageFromDecoder(
  facts: Omit<Image, "open" | "pixels" | "undone" | "release">,
  decode: (wanted?: Size) => Sharp,
): Image {
  const { undone, ...lazy } = pixelsLater(decode, decodePixels);
  return {
    ...facts,
    ...lazy,
    // Never over the decoded pixels, even where they are there: shrink-on-load gives slightly other bytes, and the
    // result would then depend on who asked first.
    open: decode,
    ...(!facts.decodeFirst && !facts.animation && { undone }),
  };
}

/** An image that a sharp instance makes when it is first needed, by `read` where its pixels are. */
export function imageFromInstance(
  facts: Pick<Image, "width" | "height" | "hasAlpha" | "metadata">,
  instance: Sharp,
  read: (instance: Sharp) => Promise<Pixels>,
): Image {
  const lazy = pixelsLater(() => instance, read);
  return { ...facts, ...lazy, open: () => openLater(lazy.pixels(), facts) };
}

/** Pixels that `read` makes of an instance on first demand; or the instance itself, for who comes before. */
function pixelsLater(
  open: () => Sharp,
  read: (instance: Sharp) => Promise<Pixels>,
): Required<Pick<Image, "pixels" | "undone" | "release">> {
  let pending: Promise<Pixels> | undefined;
  let isGiven = false;
  return {
    pixels: () => (pending ??= read(open())),
    // Not a clone, for which sharp copies the whole input.
    undone() {
      if (pending !== undefined || isGiven) return undefined;
      isGiven = true;
      return open();
    },
    release: () =>
      void pending?.then(
        ({ data }) => freeBuffer(data),
        () => {},
      ),
  };
}

/** The frames of an animation that `decode` opens as one strip, each below the one before. */
export function framesFromStrip(timing: Timing, decode: () => Sharp): Animation {
  let pending: Promise<readonly Image[]> | undefined;
  return {
    ...timing,
    frames() {
      pending ??= decodePixels(decode()).then((strip) => cutStrip(strip, timing.delays.length));
      return pending;
    },
  };
}

function cutStrip({ data, width, height, channels }: Pixels, count: number): readonly Image[] {
  const frame = { width, height: height / count, channels };
  const bytes = data.length / count;
  return Array.from({ length: count }, (_, index) =>
    imageFromPixels({ ...frame, data: data.subarray(index * bytes, (index + 1) * bytes) }),
  );
}

async function decodePixels(instance: Sharp): Promise<Pixels> {
  try {
    return await readPixels(instance);
  } catch (cause) {
    throw isAbort(cause) ? cause : corrupt(cause);
  }
}

function openPixels({ data, width, height, channels }: Pixels): Sharp {
  // Sizes were checked before these pixels came to be; sharp's own limit would be a second, different one.
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

/** Over pixels that are still to come. */
function openLater(
  pixels: Promise<Pixels>,
  { width, height, hasAlpha }: Pick<Image, "width" | "height" | "hasAlpha">,
): Sharp {
  const channels = hasAlpha ? 4 : 3;
  const instance = sharp({ raw: { width, height, channels }, limitInputPixels: false });
  // Without its pixels the instance fails when it is run; who asks for the pixels is told why.
  pixels.then(
    ({ data }) => instance.end(data),
    () => instance.end(),
  );
  return instance;
}

/** Runs a sharp instance and brings what comes out to 8-bit sRGB with three or four channels. */
export async function readPixels(instance: Sharp): Promise<Pixels> {
  const { data, info } = await instance
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 3 || channels === 4) return { data, width, height, channels };
  // A greyscale() result stays at one or two channels whatever color space is asked for; a second reading expands it.
  return readPixels(sharp(data, { raw: { width, height, channels }, limitInputPixels: false }));
}

/** The error for a source whose header is fine and whose pixels can't be decoded. */
function corrupt(cause: unknown): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "image.corrupt",
    message:
      "The picture is damaged or cut short: its pixels can't be decoded. Send the file again.",
    cause,
  });
}
