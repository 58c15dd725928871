import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels, readPixels, type Image } from "../image.ts";
import type { Size } from "../limits.ts";
import { gravity, gravityFractions, type Box } from "../options.ts";

/** The blend modes of libvips: Porter and Duff's operators and the modes of the W3C's Compositing and Blending. */
const blend = z.enum([
  "over",
  "multiply",
  "screen",
  "overlay",
  "darken",
  "lighten",
  "color-dodge",
  "color-burn",
  "hard-light",
  "soft-light",
  "difference",
  "exclusion",
  "add",
  "saturate",
  "atop",
  "in",
  "out",
  "xor",
  "clear",
  "source",
  "dest",
  "dest-over",
  "dest-in",
  "dest-out",
  "dest-atop",
]);

/** Modes that can leave an opaque picture with transparent parts. */
const clearing = new Set([
  "in",
  "out",
  "xor",
  "clear",
  "source",
  "dest-in",
  "dest-out",
  "dest-atop",
]);

const offset = z.int().min(-100_000).max(100_000);

const options = z
  .strictObject({
    image: z
      .string()
      .min(1)
      .describe(
        "The picture to lay on: an http(s) URL, a data: URL, or the key of a stored object.",
      ),
    blend: blend.default("over").describe("How the two pictures are joined."),
    gravity: gravity.default("center").describe("Where it stands when x and y are not given."),
    x: offset.optional().describe("Px from the left edge; goes with y."),
    y: offset.optional().describe("Px from the top edge; goes with x."),
    opacity: z.number().min(0).max(1).default(1).describe("Of the picture that is laid on."),
    scale: z
      .enum(["none", "match"])
      .default("none")
      .describe("match: brought to the size of the picture below first."),
    tile: z
      .boolean()
      .default(false)
      .describe("Whether it is repeated over the whole picture, from the top left corner."),
  })
  .refine(({ x, y }) => (x === undefined) === (y === undefined), {
    error: "give x and y together, or neither",
  });

type Options = z.output<typeof options>;

/** Lay another picture on this one. */
export const composite = defineStep({
  name: "composite",
  summary: "Lay another picture on this one.",
  examples: [
    { image: "logo.png", gravity: "southeast" },
    { image: "logo.png", blend: "multiply", opacity: 0.5, scale: "match" },
  ],
  options,
  async apply(image, given, context) {
    const overlay = await preparedOverlay(await context.load(given.image), image, given);
    const at = place(overlay, image, given);
    const part = visiblePart(overlay, at, image);
    if (!part) return { image, report: { reason: "the other picture lies outside this one" } };
    const { data, width, height, channels } = await readPixels(overlay.open().extract({ ...part }));
    const instance = image.open().composite([
      {
        input: data,
        raw: { width, height, channels },
        left: Math.max(0, at.left),
        top: Math.max(0, at.top),
        blend: given.blend,
        tile: given.tile,
      },
    ]);
    return image.hasAlpha || clearing.has(given.blend) ? instance : instance.removeAlpha();
  },
});

/** The overlay as RGBA pixels at the size and opacity at which it is laid on. */
async function preparedOverlay(overlay: Image, picture: Size, given: Options): Promise<Image> {
  const { width, height } = picture;
  const opened = overlay.open();
  if (given.scale === "match") {
    opened.resize({ width, height, fit: "fill", fastShrinkOnLoad: false });
  }
  const solid = await readPixels(opened.ensureAlpha());
  if (given.opacity === 1) return imageFromPixels(solid);
  const faded = imageFromPixels(solid).open().linear([1, 1, 1, given.opacity], [0, 0, 0, 0]);
  return imageFromPixels(await readPixels(faded));
}

/** Where the overlay's top left corner comes to lie; may be outside the picture. */
function place(overlay: Size, picture: Size, given: Options): { left: number; top: number } {
  if (given.tile) return { left: 0, top: 0 };
  const { x, y } = gravityFractions(given.gravity);
  return {
    left: given.x ?? Math.round((picture.width - overlay.width) * x),
    top: given.y ?? Math.round((picture.height - overlay.height) * y),
  };
}

/** The part of the overlay that lies inside the picture, in the overlay's own pixels: sharp takes no larger overlay. */
function visiblePart(
  overlay: Size,
  at: { left: number; top: number },
  picture: Size,
): Box | undefined {
  const left = Math.max(0, -at.left);
  const top = Math.max(0, -at.top);
  const width = Math.min(overlay.width, picture.width - at.left) - left;
  const height = Math.min(overlay.height, picture.height - at.top) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}
