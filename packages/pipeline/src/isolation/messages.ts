import { isTintypeError, TintypeError, type TintypeErrorOptions } from "@tintype/errors";
import type { ImageLimits } from "@tintype/image-core";

import type { Rendered, Work } from "../render-picture.ts";

/** A picture and what to make of it, as they cross to another process. */
export interface Order extends Work {
  readonly bytes: Uint8Array;
  readonly limits: ImageLimits;
}

/** What the process that asks says. */
export type ToChild =
  | { readonly kind: "render"; readonly order: Order }
  | { readonly kind: "loaded"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: "not_loaded"; readonly id: number; readonly error: PlainError };

/** What the process that renders says. */
export type ToParent =
  | { readonly kind: "load"; readonly id: number; readonly reference: string }
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
