import type { Size, StepCall } from "@tintype/image-core";

import type { PassOptions, Watermark } from "../dialect/processing-options.ts";
import { placeInside } from "./place-inside.ts";

/** A mark: its size, and how to have it at another size, with space around it, as a reference for a step. */
export interface Mark extends Size {
  drawn(steps: readonly StepCall[]): Promise<string>;
}

/** Opens the mark of an address, or the server's own; undefined where there is none. */
export type LoadMark = (url: string | undefined) => Promise<Mark | undefined>;

/** The steps that lay the watermark on a picture of a size. */
export async function watermarkSteps(
  { watermarkUrl }: PassOptions,
  watermark: Watermark,
  picture: Size,
  density: number,
  loadMark: LoadMark,
): Promise<readonly StepCall[]> {
  const { opacity, position, x, y, scale } = watermark;
  const mark = opacity > 0 ? await loadMark(watermarkUrl) : undefined;
  if (!mark) return [];
  const size = scale === 0 ? mark : fittedInto(picture, mark, scale);
  const resize = scale === 0 ? [] : [{ step: "resize", ...size, fit: "fill", enlarge: true }];
  if (position === "re") {
    const space = (offset: number, whole: number) =>
      Math.max(0, Math.round(Math.abs(offset) >= 1 ? offset * density : offset * whole));
    const [right, bottom] = [space(x, picture.width), space(y, picture.height)];
    const [left, top] = [Math.floor(right / 2), Math.floor(bottom / 2)];
    const pad = { step: "pad", left, top, right: right - left, bottom: bottom - top };
    const image = await mark.drawn([...resize, pad]);
    return [{ step: "composite", image, tile: true, opacity }];
  }
  const gravity = { type: position, x, y };
  const { left, top } = placeInside(picture, size, gravity, { scale: density, overhang: true });
  return [{ step: "composite", image: await mark.drawn(resize), x: left, y: top, opacity }];
}

function fittedInto(picture: Size, mark: Size, scale: number): Size {
  const factor = Math.min(
    (picture.width * scale) / mark.width,
    (picture.height * scale) / mark.height,
  );
  return {
    width: Math.max(1, Math.round(mark.width * factor)),
    height: Math.max(1, Math.round(mark.height * factor)),
  };
}
