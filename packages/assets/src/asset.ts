import type { Facts, Probe } from "@tintype/exporters";

/** What a scan for malware said when the picture came in; `off` where none was made. */
export type ScanState = "off" | "clean" | "unscanned";

/** A picture in the library, as lists show it. */
export interface AssetSummary {
  readonly id: string;
  readonly project: string;
  /** As its sender called it: for people, never a path. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly format: string;
  readonly mediaType: string;
  /** Px, upright. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Of the original's bytes, in hex. */
  readonly sha256: string;
  readonly scan: ScanState;
  /** Whether retention may remove it. */
  readonly temporary: boolean;
  /** A blurred placeholder in base64, where one was made. */
  readonly thumbhash?: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One file of an asset: 0 is its thumbnail, 1 its original, and each result of processing has the next number. */
export interface AssetVersion {
  readonly number: number;
  readonly name: string;
  readonly format: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
  /** How a result was made: the request without its source. */
  readonly recipe?: unknown;
  readonly createdAt: string;
}

/** Everything known of a picture in the library. */
export interface Asset extends AssetSummary {
  /** What its header and its embedded metadata say. */
  readonly metadata: Probe;
  /** Its colors and placeholders. */
  readonly facts: Facts;
  readonly versions: readonly AssetVersion[];
}

/** The number of every asset's thumbnail. */
export const thumbnailNumber = 0;

/** The number of every asset's original. */
export const originalNumber = 1;
