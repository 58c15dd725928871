import { z } from "zod";

import { commonContentBox } from "../content-box.ts";
import { cutPixels } from "../cut-pixels.ts";
import { defineStep, type StepOutcome } from "../define-step.ts";
import { imageFromOwnPixels, type Image } from "../image.ts";
import type { Size } from "../limits.ts";
import { color, distance, type Box } from "../options.ts";

const options = z.strictObject({
  threshold: z
    .int()
    .min(0)
    .max(254)
    .default(10)
    .describe(
      "Content is what has more alpha than this, or differs by more than this from the background.",
    ),
  padding: z
    .number()
    .min(0)
    .max(10)
    .default(0.05)
    .describe("Space kept around the content, as a share of the content's size in each axis."),
  minPadding: distance
    .default(20)
    .meta({ unit: "px" })
    .describe("Px kept around the content at least."),
  maxCropRatio: z
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe("The largest share of the picture that may be cut away in either axis."),
  background: color
    .optional()
    .describe(
      "Background of a picture without transparency; the color of its corners when left out.",
    ),
});

/** Cut away what surrounds the content, and keep some padding. */
export const autoCrop = defineStep({
  name: "auto-crop",
  summary: "Cut away what surrounds the content, and keep some padding.",
  examples: [{}, { padding: 0.1, minPadding: 0 }],
  options,
  apply: async (image, given) => (await plan([image], given))(image),
  plan,
});

/** Settles the box to keep by the content of all frames. */
async function plan(
  frames: readonly Image[],
  given: z.output<typeof options>,
): Promise<(frame: Image) => Promise<StepOutcome>> {
  const pictures = await Promise.all(frames.map((frame) => frame.pixels()));
  const content = await commonContentBox(pictures, given);
  if (!content) {
    return async (image) => ({ image, report: { cropped: false, reason: "no content found" } });
  }
  const [picture] = frames as readonly [Image];
  const kept = keptBox(content, picture, given);
  const report = { cropped: !isWhole(kept, picture), content, box: kept };
  if (!report.cropped) return async (image) => ({ image, report });
  return async (image) => ({
    image: imageFromOwnPixels(cutPixels(await image.pixels(), kept), image.metadata),
    report,
  });
}

/** The content's box with its padding, inside the picture, and no smaller than `maxCropRatio` allows. */
function keptBox(content: Box, picture: Size, given: z.output<typeof options>): Box {
  const along = (start: number, size: number, whole: number): readonly [number, number] => {
    const padding = Math.max(given.minPadding, Math.floor(given.padding * size));
    const from = Math.max(0, start - padding);
    const to = Math.min(whole, start + size + padding);
    // Rounded off first: 1 - 0.8 is a little less than 0.2 in floating point.
    const least = Math.ceil(Number((whole * (1 - given.maxCropRatio)).toFixed(6)));
    if (to - from >= least) return [from, to - from];
    const wished = Math.floor((from + to - least) / 2);
    return [Math.min(Math.max(0, wished), whole - least), least];
  };
  const [left, width] = along(content.left, content.width, picture.width);
  const [top, height] = along(content.top, content.height, picture.height);
  return { left, top, width, height };
}

function isWhole(box: Box, picture: Size): boolean {
  return box.width === picture.width && box.height === picture.height;
}
