import { TintypeError } from "@tintype/errors";

/** The shortest side, in pixels, that a background can be told on. */
export const minRemovalSidePx = 16;

/** The error for a picture in which an engine sees no object, or nothing but object. */
export function nothingFoundError(engine: string): TintypeError {
  return new TintypeError({
    kind: "processing",
    code: "background.nothing_found",
    message: `The engine ${engine} found no object before a background: try another engine, or say where the object is.`,
    details: { engine },
  });
}

/** The error for a picture with a side below {@link minRemovalSidePx}. */
export function pictureTooSmallError(width: number, height: number): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "background.picture_too_small",
    message: `A picture of ${String(width)} × ${String(height)} px is too small to tell its background: both sides need at least ${String(minRemovalSidePx)} px.`,
    details: { width, height, minSidePx: minRemovalSidePx },
  });
}

/** The error for pixels that do not fill their picture, or an option out of its range. */
export function invalidRemovalError(message: string): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "background.invalid_input", message });
}

/** The error for a removal that took longer than it may. */
export function removalTimedOutError(engine: string, deadlineMs: number): TintypeError {
  return new TintypeError({
    kind: "limit_exceeded",
    code: "background.timed_out",
    message: `The engine ${engine} did not finish within ${String(deadlineMs)} ms: use a smaller picture, another engine, or a later deadline.`,
    details: { engine, deadlineMs },
  });
}
