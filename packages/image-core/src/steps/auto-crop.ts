import { z } from "zod";

import { contentBox } from "../content-box.ts";
import { defineStep } from "../define-step.ts";
import { imageFromPixels } from "../image.ts";
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
  async apply(image, given) {
    const pixels = await image.pixels();
    const content = await contentBox(pixels, given);
    if (!content) return { image, report: { cropped: false, reason: "no content found" } };
    const kept = keptBox(content, pixels, given);
    const report = { cropped: !isWhole(kept, pixels), content, box: kept };
    return report.cropped
      ? {
          image: imageFromPixels(pixels)
            .open()
            .extract({ ...kept }),
          report,
        }
      : { image, report };
  },
});

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
