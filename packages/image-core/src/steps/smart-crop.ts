import { z } from "zod";

import { defineStep, type StepOutcome } from "../define-step.ts";
import { fittedGeometry, type FittedGeometry } from "../fitted-geometry.ts";
import { focusShare } from "../focus-share.ts";
import { imageFromPixels, type Image } from "../image.ts";
import { mostInteresting } from "../kept-window.ts";
import type { Size } from "../limits.ts";
import { length, point, type Box } from "../options.ts";

const options = z
  .strictObject({
    width: length.optional().describe("Width of the result, in px; goes with height."),
    height: length.optional().describe("Height of the result, in px; goes with width."),
    aspectRatio: z
      .number()
      .min(0.01)
      .max(100)
      .optional()
      .describe("Instead of width and height: width divided by height; the picture isn't scaled."),
    strategy: z
      .enum(["attention", "entropy", "focal", "alpha"])
      .default("attention")
      .describe(
        "What is kept. attention: edges, strong colors, skin; entropy: the most detail; focal: the focus; alpha: what is opaque.",
      ),
    focus: point.optional().describe("The point that focal keeps nearest to the middle."),
    enlarge: z.boolean().default(false).describe("Whether a smaller picture may be scaled up."),
  })
  .refine(({ width, height }) => (width === undefined) === (height === undefined), {
    error: "give width and height together",
  })
  .refine(({ width, aspectRatio }) => (width === undefined) !== (aspectRatio === undefined), {
    error: "give width and height, or aspectRatio",
  })
  .refine(({ strategy, focus }) => (strategy === "focal") === (focus !== undefined), {
    error: "give focus with the strategy focal, and only with it",
  });

type Options = z.output<typeof options>;

/** Scale and cut the picture to a size or a shape, and keep what matters in it. */
export const smartCrop = defineStep({
  name: "smart-crop",
  summary: "Scale and cut the picture to a size or a shape, and keep what matters.",
  examples: [
    { width: 200, height: 200 },
    { aspectRatio: 1.5, strategy: "entropy" },
    { width: 160, height: 90, strategy: "focal", focus: { x: 0.7, y: 0.3 } },
  ],
  options,
  size: (given, input) => geometry(given, input).size,
  apply: async (image, given) => (await plan([image], given))(image),
  plan,
});

/** Settles the part to keep by the content of all frames. */
async function plan(
  frames: readonly Image[],
  given: Options,
): Promise<(frame: Image) => Promise<StepOutcome>> {
  const [picture] = frames as readonly [Image];
  const { scaled, size } = geometry(given, picture);
  const share = (axis: "x" | "y", whole: number, part: number) =>
    whole === part
      ? 0.5
      : given.focus
        ? focusShare(given.focus[axis], whole, part)
        : mostInteresting(frames, axis, part / whole, given.strategy as "attention");
  const { window } = geometry(given, picture, {
    x: await share("x", scaled.width, size.width),
    y: await share("y", scaled.height, size.height),
  });
  const report = { strategy: given.strategy, box: inSource(window, scaled, picture) };
  return async (frame) => ({
    image: imageFromPixels(await frame.pixels())
      .open()
      .resize({ ...scaled, fit: "fill" })
      .extract({ ...window }),
    report,
  });
}

function geometry(
  { width, height, aspectRatio, enlarge }: Options,
  input: Size,
  position = { x: 0.5, y: 0.5 },
): FittedGeometry {
  const box = aspectRatio === undefined ? { width, height } : largest(input, aspectRatio);
  return fittedGeometry(input, { ...box, fit: "cover", enlarge, position });
}

/** The largest part of a picture that has a shape. */
function largest({ width, height }: Size, aspectRatio: number): Size {
  const byHeight = Math.round(height * aspectRatio);
  return byHeight <= width
    ? { width: Math.max(1, byHeight), height }
    : { width, height: Math.min(height, Math.max(1, Math.round(width / aspectRatio))) };
}

/** A part of the scaled picture as the part of the picture before that it shows. */
function inSource(part: Box, scaled: Size, source: Size): Box {
  const [x, y] = [source.width / scaled.width, source.height / scaled.height];
  return {
    left: Math.round(part.left * x),
    top: Math.round(part.top * y),
    width: Math.round(part.width * x),
    height: Math.round(part.height * y),
  };
}
