import { z } from "zod";

import { commonContentBox } from "../content-box.ts";
import { defineStep, type StepOutcome } from "../define-step.ts";
import { imageFromPixels, type Image } from "../image.ts";
import { color } from "../options.ts";

const options = z.strictObject({
  threshold: z
    .int()
    .min(0)
    .max(254)
    .default(10)
    .describe(
      "An edge pixel goes when its alpha, or its difference from the background, is at most this.",
    ),
  background: color
    .optional()
    .describe(
      "Background of a picture without transparency; the color of its corners when left out.",
    ),
});

/** Cut the picture to its content exactly: `auto-crop` without padding or limits. */
export const trim = defineStep({
  name: "trim",
  summary: "Cut away transparent or single-colored edges, to the pixel.",
  examples: [{}, { background: "#ffffff", threshold: 20 }],
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
  const box = await commonContentBox(pictures, given);
  if (!box) return async (image) => ({ image, report: { reason: "no content found" } });
  return async (image) => ({
    image: imageFromPixels(await image.pixels())
      .open()
      .extract({ ...box }),
    report: { box },
  });
}
