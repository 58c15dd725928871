import { resize } from "@tintype/image-core";
import { z } from "zod";

import { definePreset } from "../define-preset.ts";
import { jpeg } from "../formats/jpeg.ts";
import { webp } from "../formats/webp.ts";
import { profile } from "../shared-options.ts";

interface Variant {
  readonly width: number;
  readonly height: number;
  readonly quality: number;
}

/** Two variants for pictures that a generator made: a light JPEG and a high-quality WebP. */
function generatedPreset<const Name extends string>(
  name: Name,
  summary: string,
  { normal, high }: { readonly normal: Variant; readonly high: Variant },
) {
  return definePreset({
    name,
    summary,
    examples: [{}, { profile: "fast" }],
    options: z.strictObject({ profile: profile.describe("What the encoders spend CPU on.") }),
    content: (options) => ({
      steps: [],
      variants: [
        {
          name: "normal",
          steps: [resize({ width: normal.width, height: normal.height })],
          output: jpeg({ quality: normal.quality, ...options }),
        },
        {
          name: "high",
          steps: [resize({ width: high.width, height: high.height })],
          output: webp({ quality: high.quality, ...options }),
        },
      ],
    }),
  });
}

/** Pictures of DALL-E. */
export const dallE = generatedPreset("dall-e", "Two variants of a DALL-E picture.", {
  normal: { width: 1024, height: 1024, quality: 80 },
  high: { width: 2048, height: 2048, quality: 95 },
});

/** Pictures of Sora. */
export const sora = generatedPreset("sora", "Two variants of a Sora picture.", {
  normal: { width: 1280, height: 720, quality: 85 },
  high: { width: 1920, height: 1080, quality: 95 },
});

/** Pictures of Stable Diffusion. */
export const stableDiffusion = generatedPreset(
  "stable-diffusion",
  "Two variants of a Stable Diffusion picture.",
  {
    normal: { width: 768, height: 768, quality: 80 },
    high: { width: 1536, height: 1536, quality: 95 },
  },
);
