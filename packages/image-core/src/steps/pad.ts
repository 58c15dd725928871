import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { color, distance, parseColor } from "../options.ts";

const options = z.strictObject({
  all: distance.default(0).describe("Px on every side that is not named."),
  top: distance.optional().describe("Px at the top."),
  right: distance.optional().describe("Px at the right."),
  bottom: distance.optional().describe("Px at the bottom."),
  left: distance.optional().describe("Px at the left."),
  background: color.default("transparent").describe("What the new edge is filled with."),
  extend: z
    .enum(["background", "copy", "repeat", "mirror"])
    .default("background")
    .describe("Fill with the background, or with the picture's own edge."),
});

/** Add space around the picture. */
export const pad = defineStep({
  name: "pad",
  summary: "Add space around the picture.",
  examples: [{ all: 20 }, { top: 10, bottom: 30, background: "#ffffff" }],
  options,
  size(given, { width, height }) {
    const { top, right, bottom, left } = sides(given);
    return { width: width + left + right, height: height + top + bottom };
  },
  apply(image, given) {
    return image.open().extend({
      ...sides(given),
      background: parseColor(given.background),
      extendWith: given.extend,
    });
  },
});

function sides({
  all,
  top = all,
  right = all,
  bottom = all,
  left = all,
}: z.output<typeof options>) {
  return { top, right, bottom, left };
}
