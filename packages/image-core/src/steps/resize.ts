import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { fittedGeometry, type FittedGeometry } from "../fitted-geometry.ts";
import { focusShare } from "../focus-share.ts";
import type { Size } from "../limits.ts";
import { color, gravity, gravityFractions, length, parseColor, point } from "../options.ts";

const options = z
  .strictObject({
    width: length.optional().describe("Width of the box, in px; follows the height when left out."),
    height: length
      .optional()
      .describe("Height of the box, in px; follows the width when left out."),
    fit: z
      .enum(["inside", "outside", "cover", "fill", "contain"])
      .default("inside")
      .describe(
        "inside: as large as fits; outside: as small as covers; cover: fill the box, cut the rest off; fill: stretch; contain: fit and pad.",
      ),
    dpr: z
      .number()
      .min(0.1)
      .max(10)
      .default(1)
      .describe("Device pixel ratio: multiplies the width and the height of the box."),
    enlarge: z.boolean().default(false).describe("Whether a smaller picture may be scaled up."),
    kernel: z
      .enum(["nearest", "linear", "cubic", "mitchell", "lanczos2", "lanczos3"])
      .default("lanczos3")
      .describe("How samples are weighed."),
    gravity: gravity
      .default("center")
      .describe("The part kept by cover; where contain places the picture."),
    focus: point
      .optional()
      .describe("Instead of gravity: the point that cover keeps nearest to the middle."),
    background: color.default("transparent").describe("What contain pads with."),
  })
  .refine(({ width, height }) => width !== undefined || height !== undefined, {
    error: "give a width, a height or both",
  });

/** Scale the picture to a width, a height, or a box. */
export const resize = defineStep({
  name: "resize",
  summary: "Scale the picture to a width, a height, or a box.",
  examples: [
    { width: 800 },
    { width: 400, height: 400, fit: "cover" },
    { width: 640, height: 360, fit: "contain", background: "#ffffff" },
  ],
  options,
  size: (given, input) => geometry(given, input).size,
  hasAlpha: ({ fit, background }, { hasAlpha }) =>
    hasAlpha || (fit === "contain" && parseColor(background).alpha < 1),
  apply(image, given) {
    const { size, scaled, window } = geometry(given, image);
    if (isSame(scaled, image) && isSame(size, image)) return image;
    const instance = image.open(scaled).resize({
      ...scaled,
      fit: "fill",
      kernel: given.kernel,
      // With the default, a lazily opened JPEG or WebP would be reduced by another filter than decoded pixels are.
      fastShrinkOnLoad: false,
    });
    if (given.fit === "cover") return instance.extract({ ...window });
    if (given.fit !== "contain") return instance;
    return instance.extend({
      left: window.left,
      top: window.top,
      right: size.width - window.left - scaled.width,
      bottom: size.height - window.top - scaled.height,
      background: parseColor(given.background),
    });
  },
});

function isSame(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function geometry(asked: z.output<typeof options>, input: Size): FittedGeometry {
  const given = {
    ...asked,
    width: times(asked.width, asked.dpr),
    height: times(asked.height, asked.dpr),
  };
  if (!given.focus) {
    return fittedGeometry(input, { ...given, position: gravityFractions(given.gravity) });
  }
  const { scaled, size } = fittedGeometry(input, { ...given, position: { x: 0, y: 0 } });
  return fittedGeometry(input, {
    ...given,
    position: {
      x: focusShare(given.focus.x, scaled.width, size.width),
      y: focusShare(given.focus.y, scaled.height, size.height),
    },
  });
}

function times(side: number | undefined, factor: number): number | undefined {
  return side === undefined ? undefined : Math.max(1, Math.round(side * factor));
}
