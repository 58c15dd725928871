import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels, type Pixels } from "../image.ts";
import { isOpaque } from "../is-opaque.ts";
import { covered } from "../recolored.ts";

const fraction = z.number().min(0).max(1);

const box = z
  .strictObject({
    left: fraction.describe("From the left edge (0) to the right edge (1)."),
    top: fraction.describe("From the top edge (0) to the bottom edge (1)."),
    width: fraction.describe("Share of the picture's width."),
    height: fraction.describe("Share of the picture's height."),
  })
  .refine(({ left, width }) => width > 0 && left + width <= 1, {
    error: "the box must have a width and end inside the picture",
  })
  .refine(({ top, height }) => height > 0 && top + height <= 1, {
    error: "the box must have a height and end inside the picture",
  });

/** Cut the object out of its background, by a remover that the caller provides; cut-outs stay as they are. */
export const removeBackground = defineStep({
  name: "remove-background",
  summary: "Cut the object out of its background; a picture with transparency stays as it is.",
  examples: [
    {},
    { engine: "grabcut", box: { left: 0.1, top: 0.2, width: 0.8, height: 0.7 } },
    { engine: "chroma", feather: 1, keepHoles: true },
  ],
  options: z.strictObject({
    engine: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/u, "expected the name of an engine, such as auto or grabcut")
      .default("auto")
      .meta({ examples: ["auto", "grabcut", "watershed", "chroma", "api4ai", "chain"] })
      .describe(
        "Who finds the object. auto: from its edges; grabcut: by color models; watershed: by basins; chroma: before a flat or checkered backdrop; api4ai: by that service; chain: by it, or else grabcut.",
      ),
    box: box
      .optional()
      .describe("Where the object is, in fractions of the picture; guessed when left out."),
    feather: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .meta({ unit: "px" })
      .describe("Sigma of the soft edge."),
    alphaThreshold: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.05)
      .describe("Coverage up to this is cut away, and from 1 minus this whole; 0.5: a hard edge."),
    keepHoles: z
      .boolean()
      .default(false)
      .describe("Whether background that the object encloses stays."),
    largestObjectOnly: z
      .boolean()
      .default(false)
      .describe("Whether only the largest connected part stays."),
  }),
  async apply(image, { engine, feather, ...given }, context) {
    const pixels = await image.pixels();
    if (!(await isOpaque(pixels))) {
      return { image, report: { removed: false, reason: "the picture has transparency already" } };
    }
    const remover = await context.backgroundRemover(engine);
    const removal = await remover.remove(
      pixels,
      { ...given, featherPx: feather },
      { signal: context.signal },
    );
    const { mask, foreground, report } = removal;
    const { width } = pixels;
    const cutOut = await covered(
      foreground ? withColors(pixels, foreground) : pixels,
      (x, y) => (mask.data[y * width + x] as number) / 255,
    );
    return {
      image: imageFromPixels(cutOut, image.metadata),
      report: { removed: true, engine: removal.engine, ...report },
    };
  },
});

function withColors({ width, height }: Pixels, rgb: Uint8Array): Pixels {
  const data = Buffer.from(rgb.buffer, rgb.byteOffset, rgb.byteLength);
  return { data, width, height, channels: 3 };
}
