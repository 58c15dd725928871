import type { EmbeddedMetadata, Timing } from "../image.ts";
import type { ImageLimits, Size } from "../limits.ts";
import type { Sharp } from "../process-settings.ts";

/** What the header of a picture says. */
export interface HeaderFacts {
  /** Px, upright: after its EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** Frames of an animation, pages of a TIFF; 1 for a still picture. */
  readonly pages: number;
  /** Bits a sample. */
  readonly depth: 8 | 16 | 32;
  /** As the file stores it: `srgb`, `cmyk`, `b-w`, `grey16` and so on. */
  readonly colorSpace: string;
  readonly hasProfile: boolean;
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number;
}

/** An encoded picture whose header was read, and nothing more. */
export interface Decodable {
  readonly facts: HeaderFacts;
  readonly metadata: EmbeddedMetadata;
  /** A fresh instance on the page that was asked for. */
  readonly open: (wanted?: Size) => Sharp;
  /** Set where the file holds an animation: all its frames as one strip, each below the one before. */
  readonly animation?: Timing & { readonly open: () => Sharp };
}

/** What a decoder is asked for. */
export interface DecodeRequest {
  readonly limits: ImageLimits;
  /** From 0; what the header says is about this page. */
  readonly page: number;
}

/** Reads the header of one type of picture; throws whatever it likes when that is damaged. */
export type Decoder = (bytes: Uint8Array, request: DecodeRequest) => Promise<Decodable>;
