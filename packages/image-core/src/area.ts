import { TintypeError } from "@tintype/errors";
import { z } from "zod";

import type { Size } from "./limits.ts";
import { distance, length, type Box } from "./options.ts";

/** A part of the picture in plain data, in px. */
export const area = z.strictObject({
  left: distance.describe("Px from the left edge."),
  top: distance.describe("Px from the top edge."),
  width: length.describe("Width in px; less where the picture ends."),
  height: length.describe("Height in px; less where the picture ends."),
});

/** The part of an area that lies inside the picture; throws `step.outside_image` when there is none. */
export function areaWithin(step: string, picture: Size, { left, top, width, height }: Box): Box {
  if (left >= picture.width || top >= picture.height) {
    throw new TintypeError({
      kind: "invalid_input",
      code: "step.outside_image",
      message: `The area begins at ${left}, ${top}, outside a picture of ${picture.width} × ${picture.height} px.`,
      details: { step, left, top, width: picture.width, height: picture.height },
    });
  }
  return {
    left,
    top,
    width: Math.min(width, picture.width - left),
    height: Math.min(height, picture.height - top),
  };
}
