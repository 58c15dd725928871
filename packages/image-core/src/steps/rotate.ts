import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { color, parseColor } from "../options.ts";

/** Turn the picture clockwise; quarter turns lose nothing, other angles grow the canvas. */
export const rotate = defineStep({
  name: "rotate",
  summary: "Turn the picture clockwise by any angle.",
  examples: [{ angle: 90 }, { angle: -12.5, background: "#ffffff" }],
  options: z.strictObject({
    angle: z
      .number()
      .min(-3600)
      .max(3600)
      .meta({ unit: "degrees" })
      .describe("Degrees, clockwise."),
    background: color.default("transparent").describe("What fills the corners."),
  }),
  size({ angle }, { width, height }) {
    const quarters = quarterTurns(angle);
    if (quarters !== undefined) {
      return quarters % 2 === 0 ? { width, height } : { width: height, height: width };
    }
    const radians = (angle * Math.PI) / 180;
    const [cosine, sine] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
    return {
      width: Math.round(width * cosine + height * sine),
      height: Math.round(width * sine + height * cosine),
    };
  },
  apply(image, { angle, background }) {
    const quarters = quarterTurns(angle);
    if (quarters === 0) return image;
    return image.open().rotate(quarters === undefined ? angle : quarters * 90, {
      background: parseColor(background),
    });
  },
});

/** 0 to 3 for a multiple of 90 degrees, undefined for any other angle. */
function quarterTurns(angle: number): number | undefined {
  return angle % 90 === 0 ? (((angle / 90) % 4) + 4) % 4 : undefined;
}
