import { z } from "zod";

import { defineStep } from "../define-step.ts";
import { imageFromPixels, readPixels, type Pixels } from "../image.ts";
import { createTurns } from "../turns.ts";

const factor = z.number().min(0).max(10).default(1);

/** Change brightness, contrast, saturation, hue, lightness and gamma; alpha stays as it is. */
export const adjust = defineStep({
  name: "adjust",
  summary: "Change brightness, contrast, saturation, hue, lightness and gamma.",
  examples: [{ brightness: 1.1, saturation: 1.2 }, { contrast: 1.3 }, { gamma: 0.8 }],
  options: z.strictObject({
    brightness: factor.describe("Factor of the brightness (LCh lightness); 1 changes nothing."),
    contrast: factor.describe("Factor around middle gray; 1 changes nothing."),
    saturation: factor.describe("Factor of the chroma; 0 is gray, 1 changes nothing."),
    hue: z
      .number()
      .min(-360)
      .max(360)
      .default(0)
      .meta({ unit: "degrees" })
      .describe("Degrees on the color wheel."),
    lightness: z.number().min(-100).max(100).default(0).describe("Added to the lightness (LCh)."),
    gamma: z
      .number()
      .min(0.1)
      .max(10)
      .default(1)
      .describe("Above 1 brightens the middle tones, below 1 darkens them; black and white stay."),
  }),
  async apply(image, { brightness, contrast, saturation, hue, lightness, gamma }) {
    const color = brightness !== 1 || saturation !== 1 || hue !== 0 || lightness !== 0;
    const tone = contrast !== 1 || gamma !== 1;
    const colored = color
      ? image.open().modulate({ brightness, saturation, hue, lightness })
      : undefined;
    if (!tone) return colored ?? image;
    const pixels = colored ? await readPixels(colored) : await image.pixels();
    const data = await mapSamples(pixels, toneCurve(contrast, gamma));
    return imageFromPixels({ ...pixels, data }, image.metadata);
  },
});

/** The result for each of the 256 sample values: contrast first, then gamma. */
function toneCurve(contrast: number, gamma: number): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: 256 }, (_, sample) => {
    const contrasted = Math.min(255, Math.max(0, (sample - 127.5) * contrast + 127.5));
    return 255 * (contrasted / 255) ** (1 / gamma);
  });
}

async function mapSamples(pixels: Pixels, curve: Uint8ClampedArray): Promise<Buffer> {
  const { data, width, height, channels } = pixels;
  const result = Buffer.allocUnsafe(data.length);
  const turn = createTurns(width);
  for (let y = 0; y < height; y += 1) {
    const end = (y + 1) * width * channels;
    for (let at = y * width * channels; at < end; at += 1) {
      const isAlpha = channels === 4 && at % 4 === 3;
      result[at] = isAlpha ? (data[at] as number) : (curve[data[at] as number] as number);
    }
    await turn();
  }
  return result;
}
