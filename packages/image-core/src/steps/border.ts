import { z } from "zod";

import { blendModes } from "../blend-modes.ts";
import { blendPixels } from "../blend-pixels.ts";
import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
import { color, distance, parseColor } from "../options.ts";
import { paintPixels } from "../paint-pixels.ts";

/** Draw a border around the picture, or along its edge. */
export const border = defineStep({
  name: "border",
  summary: "Draw a border around the picture, or along its edge.",
  examples: [{}, { width: 4, color: "#ffffff80", position: "inside" }],
  options: z.strictObject({
    width: distance.default(10).meta({ unit: "px" }).describe("Width of the border, in px."),
    color: color.default("#000000").describe("Color of the border."),
    position: z
      .enum(["outside", "inside"])
      .default("outside")
      .describe("outside: the canvas grows; inside: the picture's own edge is painted over."),
  }),
  size({ width: added, position }, { width, height }) {
    const both = position === "outside" ? added * 2 : 0;
    return { width: width + both, height: height + both };
  },
  async apply(image, { width: edge, position, color: text }) {
    if (edge === 0) return image;
    const { r, g, b, alpha } = parseColor(text);
    if (position === "outside") {
      const background = { r, g, b, alpha };
      return image.open().extend({ left: edge, right: edge, top: edge, bottom: edge, background });
    }
    const { width, height } = image;
    const frame = await paintPixels({ width, height }, 4, (data, at, x, y) => {
      if (Math.min(x, y, width - 1 - x, height - 1 - y) >= edge) return;
      data.set([r, g, b, Math.round(alpha * 255)], at);
    });
    const layer = { pixels: frame, left: 0, top: 0, tile: false, opacity: 1 };
    return imageFromPixels(
      await blendPixels(await image.pixels(), layer, blendModes.over),
      image.metadata,
    );
  },
});
