import { TintypeError } from "@tintype/errors";
import { z } from "zod";

import { defineStep } from "../define-step.ts";
import type { Size } from "../limits.ts";
import { distance, gravity, gravityFractions, length, type Box } from "../options.ts";

const options = z
  .strictObject({
    width: length.describe("Width of the part to keep, in px; less where the picture ends."),
    height: length.describe("Height of the part to keep, in px; less where the picture ends."),
    left: distance.optional().describe("Px from the left edge; goes with top."),
    top: distance.optional().describe("Px from the top edge; goes with left."),
    gravity: gravity
      .default("center")
      .describe("Where the part lies when left and top are not given."),
  })
  .refine(({ left, top }) => (left === undefined) === (top === undefined), {
    error: "give left and top together, or neither",
  });

/** Keep a part of the picture. */
export const crop = defineStep({
  name: "crop",
  summary: "Keep a part of the picture.",
  examples: [
    { left: 10, top: 20, width: 300, height: 200 },
    { width: 500, height: 500, gravity: "north" },
  ],
  options,
  size(given, input) {
    const { width, height } = partOf(input, given);
    return { width, height };
  },
  apply(image, given) {
    return image.open().extract({ ...partOf(image, given) });
  },
});

function partOf(input: Size, given: z.output<typeof options>): Box {
  const { x, y } = gravityFractions(given.gravity);
  const left = given.left ?? Math.round(Math.max(0, input.width - given.width) * x);
  const top = given.top ?? Math.round(Math.max(0, input.height - given.height) * y);
  if (left >= input.width || top >= input.height) {
    throw new TintypeError({
      kind: "invalid_input",
      code: "step.outside_image",
      message: `The part to keep begins at ${left}, ${top}, outside a picture of ${input.width} × ${input.height} px.`,
      details: { step: "crop", left, top, width: input.width, height: input.height },
    });
  }
  return {
    left,
    top,
    width: Math.min(given.width, input.width - left),
    height: Math.min(given.height, input.height - top),
  };
}
