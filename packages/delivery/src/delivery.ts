import type { Pipeline } from "@tintype/pipeline";
import type { Key, Storage } from "@tintype/storage";

import type { CacheStatus, ResultCache } from "./cache/result-cache.ts";
import type { SignatureSettings } from "./check-signature.ts";
import type { FileOptions } from "./dialect/processing-options.ts";
import type { ImageInfo } from "./info/read-info.ts";
import type { ImageFacts } from "./make-image.ts";
import type { AcceptedFormats } from "./plan/plan-output.ts";

/** How images are handed out. */
export interface DeliverySettings {
  readonly signatures: SignatureSettings;
  /** Each as `name=option:value/option:value`; one named `default` holds for every address. */
  readonly presets: readonly string[];
  /** Whether addresses may name presets alone. */
  readonly onlyPresets: boolean;
  /** What is put before a source without a scheme. */
  readonly baseUrl?: string | undefined;
  /** What sources must begin with; any may come when empty. */
  readonly allowedSources: readonly string[];
  /** Whether an address without a format gives AVIF or WebP to who accepts it. */
  readonly negotiate: AcceptedFormats;
  /** What files are where an address says nothing. */
  readonly file?: Partial<FileOptions>;
  /** The source of the watermark. */
  readonly watermark?: string | undefined;
  /** The source of the picture that stands in for one that can't be had. */
  readonly fallback?: string | undefined;
  /** Whether an address that has ended is refused as one that there never was. */
  readonly hideExpired: boolean;
  /** How long a picture from the web counts as unchanged. */
  readonly webTtlMs: number;
}

/** What delivery works with. */
export interface DeliveryServices {
  readonly pipeline: Pipeline;
  readonly storage: Storage;
  /** Keeps results; each is made anew without it. */
  readonly cache?: ResultCache | undefined;
  /** The key of an asset's file. */
  readonly assetKey?: ((id: string) => Promise<Key>) | undefined;
}

/** What a client says of itself. */
export interface ClientHints {
  readonly accept?: string | undefined;
  readonly dpr?: number | undefined;
  /** Px of the screen. */
  readonly width?: number | undefined;
}

/** A finished image and what its answer says of it. */
export interface DeliveredImage extends ImageFacts {
  readonly bytes: Uint8Array;
  readonly cache: CacheStatus | "none";
  /** Whether it is the source as it is. */
  readonly original: boolean;
  /** Whether the client's accepted formats took part. */
  readonly negotiated: boolean;
  readonly lastModified: Date;
  /** When the address ends. */
  readonly expiresAt: Date | undefined;
  readonly filename: string;
  readonly attachment: boolean;
  /** Whether it stands in for a picture that could not be had. */
  readonly fallback: boolean;
}

/** Hands out images by address. */
export interface Delivery {
  /**
   * The image of an address: `/signature/options/source`. Throws `delivery.*` for an address that is not let in or not
   * understood, and what reading and processing throw.
   */
  image(path: string, client?: ClientHints, signal?: AbortSignal): Promise<DeliveredImage>;
  /** What is known of an address's source. */
  info(path: string, signal?: AbortSignal): Promise<ImageInfo>;
  /** Forgets every kept result of a source, and says how many there were. */
  invalidate(source: string, signal?: AbortSignal): Promise<number>;
  /** Makes and keeps what presets ask for of a source, for each set of client hints, before anybody asks. */
  buildAhead(
    source: string,
    presets: readonly string[],
    clients?: readonly ClientHints[],
    signal?: AbortSignal,
  ): Promise<void>;
}
