import type { Size } from "@tintype/image-core";

import type { PassOptions } from "../dialect/processing-options.ts";

/** How large a picture becomes in one pass. */
export interface FittedPass {
  /** The part that is cut out before scaling. */
  readonly cut: Size;
  /** What that part is scaled to. */
  readonly scaled: Size;
  /** What is kept of it then. */
  readonly kept: Size;
  /** The canvas that `extend` and `extend_aspect_ratio` grow it to. */
  readonly extended: Size;
  /** The canvas that `extend_aspect_ratio` grows it to. */
  readonly extendedToRatio: Size;
  /** The factor of offsets and padding: the device pixel ratio, as far as the picture allows it. */
  readonly density: number;
}

type Axis = "width" | "height";
const zooms = { width: "zoomX", height: "zoomY" } as const;

/** Computes the sizes of a pass as imgproxy's documentation describes them; a `vector` picture may always grow. */
export function fitPass(source: Size, options: PassOptions, vector: boolean): FittedPass {
  const cut = bySide((side) => cutSide(source[side], options.crop[side]));
  const { factors, density } = scaleOf(cut, options, vector);
  const scaled = bySide((side) => atLeast1(cut[side] * factors[side]));
  // 0 stays 0: a side that was not asked for.
  const target = bySide((side) => Math.round(options[side] * density * options[zooms[side]]));
  const wanted =
    options.resizingType === "fill-down" && !options.enlarge ? shapedAs(target, scaled) : target;
  const kept = bySide((side) => Math.min(scaled[side], wanted[side] || scaled[side]));
  const extended = bySide((side) =>
    options.extend ? Math.max(kept[side], target[side]) : kept[side],
  );
  const extendedToRatio = options.extendAspectRatio ? grownTo(target, extended) : extended;
  return { cut, scaled, kept, extended, extendedToRatio, density };
}

function cutSide(whole: number, asked: number): number {
  if (asked === 0) return whole;
  return Math.min(whole, asked < 1 ? atLeast1(whole * asked) : Math.floor(asked));
}

/** The factors of both sides, and the density that is left. */
function scaleOf(
  cut: Size,
  options: PassOptions,
  vector: boolean,
): { readonly factors: Size; readonly density: number } {
  const wished = bySide((side) => wishedFactor(side, cut, options) * options[zooms[side]]);
  const largest = Math.max(wished.width, wished.height);
  const mayGrow = options.enlarge || vector;
  // A picture that is smaller than asked for stays as large as it is; a ratio below 1 is meant of the size asked for.
  const tooMuch = mayGrow ? 1 : Math.max(1, largest);
  const bounded = bySide((side) => wished[side] / tooMuch);
  const compensated = options.extend ? options.dpr : options.dpr * tooMuch;
  const density = mayGrow
    ? options.dpr
    : Math.min(compensated, 1 / Math.max(bounded.width, bounded.height));
  const least = Math.max(
    1,
    options.minWidth / cut.width / bounded.width,
    options.minHeight / cut.height / bounded.height,
  );
  return { factors: bySide((side) => bounded[side] * least * density), density };
}

/** The factor of one side before zoom and density. */
function wishedFactor(side: Axis, cut: Size, options: PassOptions): number {
  const factor = (axis: Axis) => (options[axis] === 0 ? 1 : options[axis] / cut[axis]);
  const type = typeFor(cut, options);
  if (type === "force") return factor(side);
  if (options.width === 0) return factor("height");
  if (options.height === 0) return factor("width");
  const choose = type === "fit" ? Math.min : Math.max;
  return choose(factor("width"), factor("height"));
}

/** `auto` fills where picture and box both lie or both stand. */
function typeFor(cut: Size, { resizingType, width, height }: PassOptions) {
  if (resizingType !== "auto") return resizingType;
  const box = { width: width || cut.width, height: height || cut.height };
  return lies(cut) === lies(box) ? "fill" : "fit";
}

function lies({ width, height }: Size): boolean {
  return width >= height;
}

/** The largest part of a picture with the shape of a box that is larger. */
function shapedAs(box: Size, picture: Size): Size {
  if (box.width === 0 || box.height === 0) return box;
  const factor = Math.max(box.width / picture.width, box.height / picture.height);
  return factor > 1 ? bySide((side) => atLeast1(box[side] / factor)) : box;
}

/** The smallest canvas around a picture with the shape of a box. */
function grownTo(box: Size, picture: Size): Size {
  if (box.width === 0 || box.height === 0) return picture;
  const factor = Math.max(picture.width / box.width, picture.height / box.height);
  return bySide((side) => Math.max(picture[side], Math.round(box[side] * factor)));
}

function bySide(of: (side: Axis) => number): Size {
  return { width: of("width"), height: of("height") };
}

function atLeast1(px: number): number {
  return Math.max(1, Math.round(px));
}
