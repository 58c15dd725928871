import { base64UrlText } from "./bytes.ts";
import type { Gravity, ImageOptions } from "./image-options.ts";

type Values = Required<ImageOptions>;

/** How each option is written, by its short name. */
const written: { readonly [Name in keyof Values]: (value: Values[Name]) => string } = {
  preset: (names) => option("pr", ...names),
  resizingType: (type) => option("rt", type),
  width: (px) => option("w", px),
  height: (px) => option("h", px),
  minWidth: (px) => option("mw", px),
  minHeight: (px) => option("mh", px),
  zoom: (factor) => option("z", ...[factor].flat()),
  dpr: (ratio) => option("dpr", ratio),
  enlarge: (on) => option("el", on),
  extend: (where) => option("ex", ...extension(where)),
  extendAspectRatio: (where) => option("exar", ...extension(where)),
  gravity: (where) => option("g", ...gravity(where)),
  crop: ({ width, height, gravity: where }) =>
    option("c", width, height, ...(where === undefined ? [] : gravity(where))),
  trim: ({ threshold, color, equalHorizontal, equalVertical }) =>
    option("t", threshold, color, equalHorizontal, equalVertical),
  padding: (px) => option("pd", ...[px].flat()),
  autoRotate: (on) => option("ar", on),
  rotate: (degrees) => option("rot", degrees),
  flip: ({ horizontal = false, vertical = false }) => option("fl", horizontal, vertical),
  background: (color) => option("bg", color),
  adjust: ({ brightness, contrast, saturation }) => option("a", brightness, contrast, saturation),
  gradient: ({ opacity, color, direction, start, stop }) =>
    option("gr", opacity, color, direction, start, stop),
  blur: (sigma) => option("bl", sigma),
  sharpen: (sigma) => option("sh", sigma),
  pixelate: (px) => option("pix", px),
  watermark: ({ opacity, position, x, y, scale }) => option("wm", opacity, position, x, y, scale),
  watermarkUrl: (url) => option("wmu", base64UrlText(url)),
  stripMetadata: (on) => option("sm", on),
  keepCopyright: (on) => option("kcr", on),
  stripColorProfile: (on) => option("scp", on),
  quality: (percent) => option("q", percent),
  formatQuality: (qualities) => option("fq", ...Object.entries(qualities).flat()),
  maxBytes: (bytes) => option("mb", bytes),
  format: (name) => option("f", name),
  skipProcessing: (formats) => option("skp", ...formats),
  raw: (on) => option("raw", on),
  cachebuster: (text) => option("cb", text),
  expires: (end) => option("exp", Math.floor(end.getTime() / 1000)),
  filename: (name) => option("fn", base64UrlText(name), true),
  returnAttachment: (on) => option("att", on),
};

/** The options as segments of a path: each with a slash before it, and a hyphen between chained sets. */
export function optionPath(chain: readonly ImageOptions[]): string {
  return chain
    .map((options) =>
      segments(options)
        .map((segment) => `/${segment}`)
        .join(""),
    )
    .join("/-");
}

function segments(options: ImageOptions): string[] {
  const names = Object.keys(written) as (keyof Values)[];
  return names
    .filter((name) => options[name] !== undefined)
    .map((name) => (written[name] as (value: unknown) => string)(options[name]));
}

type Argument = string | number | boolean | undefined;

/** A name and its arguments; those left out at the end are not written. */
function option(name: string, ...given: readonly Argument[]): string {
  const last = given.findLastIndex((each) => each !== undefined);
  return [name, ...given.slice(0, last + 1).map(argument)].join(":");
}

function argument(value: Argument): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return encodeURIComponent(value ?? "");
}

function gravity(where: Gravity): Argument[] {
  return typeof where === "string" ? [where] : [where.type, where.x, where.y];
}

function extension(where: boolean | Gravity): Argument[] {
  return typeof where === "boolean" ? [where] : [true, ...gravity(where)];
}
