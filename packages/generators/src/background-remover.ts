/** Decoded 8-bit sRGB samples, row by row, `channels` interleaved (RGB or RGBA, alpha not premultiplied); what `@tintype/image-core` calls `Pixels` fits. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** A box in fractions of the picture's width and height, so that it holds at any size. */
export interface FractionalBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a caller may wish; a remover that cannot follow a wish says so in its contract test, and ignores it. */
export interface RemovalOptions {
  /** Where the object is: nothing outside of the box belongs to it. Guessed when left out. */
  readonly box?: FractionalBox | undefined;
  /** Softens the edge by a Gaussian of this sigma, in pixels of the full size, 0 to 100; 0 when left out. */
  readonly featherPx?: number | undefined;
  /** Coverage up to this becomes transparent and coverage from 1 minus this opaque, stretched between, 0 to 0.5, which gives a hard edge; 0.05 when left out. */
  readonly alphaThreshold?: number | undefined;
  /** Leaves what the object encloses as it is; else backdrop that shows through a hole is removed as well. */
  readonly keepHoles?: boolean | undefined;
  /** Keeps the largest connected part alone. */
  readonly largestObjectOnly?: boolean | undefined;
}

/** How opaque each pixel is, 0 to 255, row by row, at the picture's full size. */
export interface AlphaMask {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A background that was found. The picture without it: the colors of `foreground`, or else its own, under `mask`. */
export interface Removal {
  /** Never empty and never above the picture's own alpha. */
  readonly mask: AlphaMask;
  /** RGB at full size, freed of the old background where the edge mixes both. */
  readonly foreground?: Uint8Array;
  /** Which engine did it, as the remover names it. */
  readonly engine: string;
  readonly durationMs: number;
  /** What the engine found out on its way, as plain data that is safe to show. */
  readonly report?: Readonly<Record<string, unknown>>;
  /** What the call cost, where a service said so. */
  readonly cost?: { readonly amount: number; readonly currency: string };
}

/** One engine that tells an object from its background. Every remover keeps the behaviors of `removerContract` in `@tintype/generators/testing`. */
export interface BackgroundRemover {
  /**
   * Finds the object, leaves the picture untouched, and throws `background.nothing_found` rather than give an empty or a
   * full mask. An abort rejects with the signal's own reason, at once.
   */
  remove(
    picture: RawPicture,
    options?: RemovalOptions,
    call?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Removal>;
}
