import type { Facts } from "@tintype/exporters";
import type { AppliedStep, SourceFacts } from "@tintype/image-core";
import type { Key } from "@tintype/storage";

import type { GenerationFacts } from "./generation/read-generated.ts";

/** A finished file. */
export interface StoredVariant {
  readonly name: string;
  readonly format: string;
  readonly mediaType: string;
  /** Px. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Of the file's bytes, in hex. */
  readonly sha256: string;
  readonly key: Key;
  readonly url: string;
  /** What was found where a quality was looked for. */
  readonly quality?: number;
  /** The steps of this variant alone. */
  readonly steps: readonly AppliedStep[];
  /** Those that the variant asked for. */
  readonly facts: Facts;
}

/** The stages that a request goes through, in order. */
export const stages = ["read", "open", "wait", "steps", "export", "store"] as const;

/** One of {@link stages}. */
export type Stage = (typeof stages)[number];

/** What became of a request. */
export interface PipelineResult {
  readonly source: SourceFacts & { readonly sha256: string };
  /** Size after the shared steps, in px. */
  readonly width: number;
  readonly height: number;
  /** The shared steps. */
  readonly steps: readonly AppliedStep[];
  /** Those that the request asked for, of the picture after the shared steps. */
  readonly facts: Facts;
  readonly variants: readonly StoredVariant[];
  /** Ms spent in each stage, and in all. */
  readonly timings: Readonly<Record<Stage | "total", number>>;
  /** Bytes of the source ÷ bytes of all variants together. */
  readonly compressionRatio: number;
  /** How the picture came to be, where it was made from words. */
  readonly generation?: GenerationFacts;
  /** What the user should know although the request succeeded. */
  readonly warnings: readonly string[];
  /** When the last file was stored, in ISO 8601. */
  readonly exportedAt: string;
}
