import type { Size } from "./limits.ts";
import type { Box } from "./options.ts";

/** How a picture fits into a box. */
export type Fit = "inside" | "outside" | "cover" | "fill" | "contain";

/** What {@link fittedGeometry} needs to know. */
export interface FitRequest {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly fit: Fit;
  readonly enlarge: boolean;
  /** Where the kept part (cover) or the picture (contain) stands in the free space, 0 to 1 on each axis. */
  readonly position: { readonly x: number; readonly y: number };
}

/** Scale to `scaled`, then either cut out `window` or lay the picture at `window` on a canvas of `size`. */
export interface FittedGeometry {
  readonly size: Size;
  readonly scaled: Size;
  readonly window: Box;
}

/** Computes a resize to the pixel: the size of the result, and how to get there without distortion unless `fill`. */
export function fittedGeometry(input: Size, request: FitRequest): FittedGeometry {
  const { fit, enlarge, position } = request;
  const factors = factorsOf(input, request);
  const box = {
    width: request.width ?? side(input.width * factors[0]),
    height: request.height ?? side(input.height * factors[1]),
  };
  const allowed = (factor: number) => (enlarge ? factor : Math.min(factor, 1));

  if (fit === "fill") {
    return whole(scale(input, allowed(factors[0]), allowed(factors[1])));
  }
  if (fit === "inside" || fit === "outside") {
    const factor = allowed(fit === "inside" ? Math.min(...factors) : Math.max(...factors));
    return whole(scale(input, factor));
  }
  if (fit === "contain") {
    const scaled = scale(input, allowed(Math.min(...factors)));
    return { size: box, scaled, window: place(scaled, box, position) };
  }
  const needed = Math.max(...factors);
  // A picture too small for the box gives the largest part of itself that has the box's shape.
  const size = needed > 1 && !enlarge ? scale(box, 1 / needed) : box;
  const scaled = atLeast(scale(input, allowed(needed)), size);
  return { size, scaled, window: { ...place(size, scaled, position), ...size } };
}

/** The whole picture, brought to a size. */
function whole(size: Size): FittedGeometry {
  return { size, scaled: size, window: { left: 0, top: 0, ...size } };
}

/** The scale in each axis that would fill the box; a side that is missing follows the other exactly. */
function factorsOf(input: Size, { width, height }: FitRequest): readonly [x: number, y: number] {
  const x = width === undefined ? undefined : width / input.width;
  const y = height === undefined ? undefined : height / input.height;
  return [x ?? y ?? 1, y ?? x ?? 1];
}

/** Where the smaller of two sizes stands in the larger one. */
function place(inner: Size, outer: Size, position: FitRequest["position"]): Box {
  return {
    left: Math.round((outer.width - inner.width) * position.x),
    top: Math.round((outer.height - inner.height) * position.y),
    width: inner.width,
    height: inner.height,
  };
}

function scale({ width, height }: Size, x: number, y = x): Size {
  return { width: side(width * x), height: side(height * y) };
}

function atLeast(size: Size, smallest: Size): Size {
  return {
    width: Math.max(size.width, smallest.width),
    height: Math.max(size.height, smallest.height),
  };
}

function side(px: number): number {
  return Math.max(1, Math.round(px));
}
