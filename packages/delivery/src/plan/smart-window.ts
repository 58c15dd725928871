import type { Size } from "@tintype/image-core";

import { placeInside, type Place } from "./place-inside.ts";
import type { Look, Plan } from "./plan-passes.ts";

/** A part of a picture, in px. */
export interface Box extends Size, Place {}

/** Where a window of a size lies best: around the middle of what the content says is the best part of that shape. */
export async function smartWindow(plan: Plan, window: Size, look: Look): Promise<Place> {
  const { size, steps } = plan;
  if (size.width === window.width && size.height === window.height) return { left: 0, top: 0 };
  const aspectRatio = Math.min(100, Math.max(0.01, window.width / window.height));
  const report = await look([...steps, { step: "smart-crop", aspectRatio }]);
  const box = (report?.["box"] as Box | undefined) ?? { left: 0, top: 0, ...size };
  const middle = {
    x: (box.left + box.width / 2) / size.width,
    y: (box.top + box.height / 2) / size.height,
  };
  return placeInside(size, window, { type: "fp", ...middle });
}
