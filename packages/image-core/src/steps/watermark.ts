import { z } from "zod";

import { blendModes } from "../blend-modes.ts";
import { blendPixels, type Layer } from "../blend-pixels.ts";
import { defineStep, type StepContext } from "../define-step.ts";
import { imageFromPixels, readPixels, type Image, type Pixels } from "../image.ts";
import { assertWithinLimits, type Size } from "../limits.ts";
import { color, distance, gravity, gravityFractions, parseColor } from "../options.ts";
import { textPixels } from "../text-pixels.ts";

const options = z
  .strictObject({
    image: z
      .string()
      .min(1)
      .optional()
      .describe("The mark: an http(s) URL, a data: URL, or the key of a stored object."),
    text: z
      .string()
      .max(200)
      // Control characters can't be drawn, and Pango refuses most of them.
      .regex(/^[^\p{Cc}\p{Cs}]*(?:\n[^\p{Cc}\p{Cs}]*)*$/u, "only line breaks may control the text")
      .regex(/[^\p{C}\p{Z}\p{M}\p{DI}\u2800]/u, "give a text that can be seen")
      .optional()
      .describe("Instead of an image: up to 200 characters in any script, emoji too."),
    font: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,79}$/u, "expected the name of a font family")
      .optional()
      .describe(
        "Font family that the machine has; DejaVu Sans, which comes along, otherwise. Letters that neither has come from the machine's other fonts.",
      ),
    bold: z.boolean().default(false).describe("Whether the text is bold."),
    color: color.default("#ffffff").describe("Color of the text."),
    scale: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.25)
      .describe("Width of the mark, as a share of the picture's width; less where it is too tall."),
    gravity: gravity.default("southeast").describe("Where it stands."),
    margin: distance
      .default(16)
      .meta({ unit: "px" })
      .describe("Px between the mark and the edges, or between the marks when tiled."),
    angle: z
      .number()
      .min(-360)
      .max(360)
      .default(0)
      .meta({ unit: "degrees" })
      .describe("Degrees by which the mark is turned clockwise."),
    opacity: z.number().min(0).max(1).default(0.6).describe("Of the mark."),
    tile: z.boolean().default(false).describe("Whether it is repeated over the whole picture."),
  })
  .refine(({ image, text }) => (image === undefined) !== (text === undefined), {
    error: "give an image or a text",
  });

type Options = z.output<typeof options>;

/** Mark the picture with another one or with a text, at a size that follows the picture's. */
export const watermark = defineStep({
  name: "watermark",
  summary: "Mark the picture with another one or with a text.",
  examples: [
    { image: "logo.png" },
    { text: "© Tintype", scale: 0.4, bold: true },
    { text: "sample", tile: true, angle: -30, opacity: 0.3 },
  ],
  options,
  async apply(image, given, context) {
    const upright = await markPixels(image, given, context);
    const mark = given.angle % 360 === 0 ? upright : await turned(upright, given.angle);
    const layer: Layer = given.tile
      ? { ...(await tiled(mark, given, context)), tile: true, opacity: given.opacity }
      : { pixels: mark, ...place(mark, image, given), tile: false, opacity: given.opacity };
    const marked = await blendPixels(await image.pixels(), layer, blendModes.over);
    return {
      image: imageFromPixels(marked, image.metadata),
      report: { width: mark.width, height: mark.height },
    };
  },
});

/** The mark at its size, before it is turned. */
async function markPixels(picture: Size, given: Options, context: StepContext): Promise<Pixels> {
  if (given.image !== undefined) {
    const mark = await context.load(given.image);
    const { width, height } = fitted(mark, picture, given.scale);
    const pixels = imageFromPixels(await mark.pixels());
    return readPixels(pixels.open().resize({ width, height, fit: "fill" }));
  }
  const style = { font: given.font, bold: given.bold, color: parseColor(given.color) };
  const measured = await textPixels(given.text as string, { ...style, sizePx: measurePx });
  const { width } = fitted(measured, picture, given.scale);
  return textPixels(given.text as string, {
    ...style,
    sizePx: Math.max(1, (measurePx * width) / measured.width),
  });
}

/** The size at which a text is set to learn its proportions. */
const measurePx = 64;

/** The mark's size: a share of the picture's width, and never taller than the picture. */
function fitted(mark: Size, picture: Size, scale: number): Size {
  const factor = Math.min((picture.width * scale) / mark.width, picture.height / mark.height);
  return {
    width: Math.max(1, Math.round(mark.width * factor)),
    height: Math.max(1, Math.round(mark.height * factor)),
  };
}

function turned(pixels: Pixels, angle: number): Promise<Pixels> {
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const opened: Image = imageFromPixels(pixels);
  return readPixels(opened.open().ensureAlpha().rotate(angle, { background }));
}

/** The mark with its margin around it, so that it can be laid side by side. */
async function tiled(
  mark: Pixels,
  { margin }: Options,
  { limits }: StepContext,
): Promise<Pick<Layer, "pixels" | "left" | "top">> {
  const before = Math.floor(margin / 2);
  const after = margin - before;
  const size = { width: mark.width + margin, height: mark.height + margin };
  assertWithinLimits(size, limits, { what: "watermark with its margin" });
  const sides = { left: before, top: before, right: after, bottom: after };
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const pixels = await readPixels(
    imageFromPixels(mark)
      .open()
      .ensureAlpha()
      .extend({ ...sides, background }),
  );
  return { pixels, left: 0, top: 0 };
}

/** Where the mark stands: in the part of the picture inside the margins, and in its middle where that is too small. */
function place(mark: Size, picture: Size, given: Options): { left: number; top: number } {
  const { x, y } = gravityFractions(given.gravity);
  const along = (whole: number, part: number, share: number) => {
    const margin = Math.min(given.margin, Math.max(0, (whole - part) / 2));
    return Math.round(margin + (whole - part - 2 * margin) * share);
  };
  return {
    left: along(picture.width, mark.width, x),
    top: along(picture.height, mark.height, y),
  };
}
