import type { Size } from "@tintype/image-core";

import type { Gravity } from "../dialect/processing-options.ts";

/** Where something stands, px from the left and the top. */
export interface Place {
  readonly left: number;
  readonly top: number;
}

/**
 * Where a gravity puts one size in another: offsets go from the edge inwards, from 1 up in px times `scale`, below as
 * a share of the outer size. What may not overhang stays inside.
 */
export function placeInside(
  outer: Size,
  inner: Size,
  gravity: Gravity,
  { scale = 1, overhang = false }: { readonly scale?: number; readonly overhang?: boolean } = {},
): Place {
  const along = (whole: number, part: number, offset: number, before: string, after: string) => {
    if (gravity.type === "fp") return Math.round(whole * offset) - Math.floor(part / 2);
    const px = Math.round(Math.abs(offset) >= 1 ? offset * scale : whole * offset);
    if (gravity.type.includes(before)) return px;
    return gravity.type.includes(after) ? whole - part - px : Math.round((whole - part) / 2) + px;
  };
  const within = (at: number, whole: number, part: number) =>
    overhang
      ? Math.max(1 - part, Math.min(at, whole - 1))
      : Math.max(0, Math.min(at, whole - part));
  const left = along(outer.width, inner.width, gravity.x, "we", "ea");
  const top = along(outer.height, inner.height, gravity.y, "no", "so");
  return {
    left: within(left, outer.width, inner.width),
    top: within(top, outer.height, inner.height),
  };
}
