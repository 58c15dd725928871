import { isTintypeError, TintypeError, type TintypeErrorOptions } from "@tintype/errors";
import type { FindRemover, ImageLimits, MaskFinder } from "@tintype/image-core";

import type { PictureFile } from "../open-picture.ts";
import type { SourceBytes } from "../read-source.ts";
import type { Rendered, Work } from "../render-picture.ts";

/** A picture and what to make of it, as they cross to another process. */
export interface Order extends Work {
  readonly file: PictureFile;
  readonly limits: ImageLimits;
}

/** What only the process that asks can reach: storage and network, and the background removers. */
export interface Outside {
  readonly load: (reference: string) => Promise<SourceBytes>;
  readonly backgroundRemover?: FindRemover;
}

type Removing = Parameters<MaskFinder["remove"]>;

/** What a rendering needs from outside. */
export type Need =
  | { readonly what: "picture"; readonly reference: string }
  | {
      readonly what: "mask";
      readonly engine: string;
      readonly picture: Removing[0];
      readonly options: Removing[1];
    };

/** What the process that asks says. */
export type ToChild =
  | { readonly kind: "render"; readonly order: Order; readonly removes: boolean }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly error: PlainError };

/** What the process that renders says. */
export type ToParent =
  | { readonly kind: "need"; readonly id: number; readonly need: Need }
  | { readonly kind: "rendered"; readonly rendered: Rendered }
  | { readonly kind: "failed"; readonly error: PlainError };

/** An error as data: its class and brand don't cross. */
export type PlainError = Omit<TintypeErrorOptions, "cause">;

/** What of an error crosses to another process; an error that is not ours becomes one without its message. */
export function plainError(error: unknown): PlainError {
  if (!isTintypeError(error)) return crashed;
  const { kind, code, message, details, retryable } = error;
  return { kind, code: code as PlainError["code"], message, details, retryable };
}

/** The error that crossed. */
export function revivedError(plain: PlainError): TintypeError {
  return new TintypeError(plain);
}

/** For a process that ended, or failed in a way that nobody expected. */
export const crashed: PlainError = {
  kind: "processing",
  code: "pipeline.crashed",
  message: "The picture could not be processed: the work on it broke off.",
};
