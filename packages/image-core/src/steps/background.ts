import { z } from "zod";

import { blendModes } from "../blend-modes.ts";
import { blendPixels } from "../blend-pixels.ts";
import { coveringPixels } from "../covering-pixels.ts";
import { defineStep, type StepContext } from "../define-step.ts";
import { gradient, gradientPixels } from "../gradient.ts";
import { imageFromPixels, readPixels, type Pixels } from "../image.ts";
import { isOpaque } from "../is-opaque.ts";
import type { Size } from "../limits.ts";
import { color, gravity, gravityFractions, parseColor } from "../options.ts";
import { paintPixels } from "../paint-pixels.ts";

const options = z
  .strictObject({
    color: color.optional().describe("One color."),
    gradient: gradient.optional().describe("Instead of a color: a gradient, as CSS draws them."),
    image: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Instead of a color: another picture, scaled to cover; an http(s) URL, a data: URL, or the key of a stored object.",
      ),
    gravity: gravity.default("center").describe("The part kept of a picture of another shape."),
  })
  .refine(
    (given) =>
      [given.color, given.gradient, given.image].filter((each) => each !== undefined).length === 1,
    { error: "give a color, a gradient or an image" },
  );

/** Put a color, a gradient or another picture behind a cut-out; an opaque picture stays as it is. */
export const background = defineStep({
  name: "background",
  summary: "Put a color, a gradient or another picture behind a cut-out.",
  examples: [
    { color: "#f4f1ea" },
    {
      gradient: {
        stops: [
          { color: "#ffffff", at: 0 },
          { color: "#9fb4c7", at: 1 },
        ],
      },
    },
    { image: "beach.jpg" },
  ],
  options,
  async apply(image, given, context) {
    const pixels = await image.pixels();
    if (pixels.channels === 3) return { image, report: { reason: "the picture is opaque" } };
    const behind = await behindPixels(pixels, given, context);
    const layer = { pixels, left: 0, top: 0, tile: false, opacity: 1 };
    const joined = await blendPixels(behind, layer, blendModes.over);
    return imageFromPixels(joined, image.metadata);
  },
});

/** What is put behind, with alpha only where it needs any. */
async function behindPixels(
  { width, height }: Size,
  given: z.output<typeof options>,
  context: StepContext,
): Promise<Pixels> {
  const size = { width, height };
  if (given.image) {
    const position = gravityFractions(given.gravity);
    return withoutIdleAlpha(
      await coveringPixels(await context.load(given.image), size, "cover", position),
    );
  }
  if (given.gradient) return withoutIdleAlpha(await gradientPixels(size, given.gradient));
  const { r, g, b, alpha } = parseColor(given.color as string);
  const samples = [r, g, b, Math.round(alpha * 255)];
  return paintPixels(size, alpha === 1 ? 3 : 4, (data, at) => {
    data[at] = r;
    data[at + 1] = g;
    data[at + 2] = b;
    if (alpha !== 1) data[at + 3] = samples[3] as number;
  });
}

async function withoutIdleAlpha(pixels: Pixels): Promise<Pixels> {
  return pixels.channels === 4 && (await isOpaque(pixels))
    ? readPixels(imageFromPixels(pixels).open().removeAlpha())
    : pixels;
}
