import { z } from "zod";

import { blendModes, canClear, type BlendMode } from "../blend-modes.ts";
import { blendPixels, coveredArea, type Layer } from "../blend-pixels.ts";
import { defineStep } from "../define-step.ts";
import { imageFromPixels, readPixels, type Image, type Pixels } from "../image.ts";
import type { Size } from "../limits.ts";
import { gravity, gravityFractions } from "../options.ts";

type BlendName = keyof typeof blendModes;

const blend = z.enum(Object.keys(blendModes) as [BlendName, ...BlendName[]]);

const offset = z.int().min(-100_000).max(100_000).meta({ unit: "px" });

const options = z
  .strictObject({
    image: z
      .string()
      .min(1)
      .describe(
        "The picture to lay on: an http(s) URL, a data: URL, or the key of a stored object.",
      ),
    blend: blend
      .default("over")
      .describe("How the two pictures are joined: W3C blend modes, Porter and Duff's operators."),
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
    const mode: BlendMode = blendModes[given.blend];
    const overlay = await overlayPixels(await context.load(given.image), image, given);
    const { tile, opacity } = given;
    const layer: Layer = { pixels: overlay, tile, opacity, ...place(overlay, image, given) };
    const { width, height } = coveredArea(image, layer);
    if (width * height === 0 && !canClear(mode)) {
      return { image, report: { reason: "the other picture lies outside this one" } };
    }
    const below =
      image.hasAlpha || !canClear(mode)
        ? await image.pixels()
        : await readPixels(image.open().ensureAlpha());
    return imageFromPixels(await blendPixels(below, layer, mode), image.metadata);
  },
});

/** The overlay's pixels, at the size at which it is laid on. */
async function overlayPixels(overlay: Image, picture: Size, given: Options): Promise<Pixels> {
  if (given.scale === "none") return overlay.pixels();
  const { width, height } = picture;
  return readPixels(overlay.open().resize({ width, height, fit: "fill", fastShrinkOnLoad: false }));
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
