import { z } from "zod";

import { area, areaWithin } from "../area.ts";
import { defineStep } from "../define-step.ts";
import { imageFromPixels, readPixels, type Pixels } from "../image.ts";
import { color, parseColor, type Box } from "../options.ts";
import { pixelateArea } from "../pixelate-area.ts";

/**
 * Make areas unreadable for good. A blur alone can be undone, so blur and pixelate keep at most some six by six means
 * of an area; EXIF and XMP, which may hold a preview of the picture as it was, are dropped.
 */
export const redact = defineStep({
  name: "redact",
  summary: "Make areas unreadable for good; EXIF and XMP go too, as they may hold a preview.",
  examples: [
    { areas: [{ left: 40, top: 30, width: 160, height: 40 }] },
    { areas: [{ left: 40, top: 30, width: 120, height: 120 }], style: "blur" },
  ],
  options: z.strictObject({
    areas: z.array(area).min(1).max(100).describe("The areas to hide, 1 to 100."),
    style: z
      .enum(["solid", "blur", "pixelate"])
      .default("solid")
      .describe("What is put in their place; solid alone tells nothing of what was there."),
    color: color.default("#000000").describe("Of solid areas; its alpha is not used."),
  }),
  async apply(image, given) {
    const { data, ...rest } = await image.pixels();
    const pixels = { ...rest, data: Buffer.from(data) };
    // All are looked at first: nothing may be handed on when one of them misses the picture.
    const boxes = given.areas.map((each) => areaWithin("redact", rest, each));
    for (const box of boxes) {
      if (given.style === "solid") fill(pixels, box, given.color);
      else await coarsen(pixels, box, given.style === "blur");
    }
    const { provenance } = image.metadata;
    return {
      image: imageFromPixels(pixels, provenance && { provenance }),
      report: { areas: boxes },
    };
  },
});

function fill({ data, width, channels }: Pixels, box: Box, text: string): void {
  const { r, g, b } = parseColor(text);
  const row = Buffer.alloc(box.width * channels, Buffer.from([r, g, b, 255].slice(0, channels)));
  for (let y = box.top; y < box.top + box.height; y += 1) {
    row.copy(data, (y * width + box.left) * channels);
  }
}

/** The area as a few means, softened when wished; nothing else of it takes part, and nothing around it. */
async function coarsen(pixels: Pixels, box: Box, soften: boolean): Promise<void> {
  const block = Math.max(12, Math.ceil(Math.max(box.width, box.height) / 6));
  await pixelateArea(pixels, box, block);
  if (!soften) return;
  const { data, width, channels } = pixels;
  const sigma = Math.min(500, block / 2);
  const part = imageFromPixels(pixels)
    .open()
    .extract({ ...box });
  const soft = await readPixels(
    imageFromPixels(await readPixels(part))
      .open()
      .blur({ sigma }),
  );
  for (let y = 0; y < box.height; y += 1) {
    const from = y * box.width * channels;
    soft.data.copy(
      data,
      ((box.top + y) * width + box.left) * channels,
      from,
      from + box.width * channels,
    );
  }
}
