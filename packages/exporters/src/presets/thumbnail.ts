import { normalize, resize } from "@tintype/image-core";
import { z } from "zod";

import { definePreset } from "../define-preset.ts";
import { jpeg } from "../formats/jpeg.ts";
import { png } from "../formats/png.ts";
import { webp } from "../formats/webp.ts";
import { profile } from "../shared-options.ts";

/** The shorter side, in px: 16:9 gives 1920 × 1080. */
const shorterSide = 1080;

/** A video thumbnail in three formats. */
export const thumbnail = definePreset({
  name: "thumbnail",
  summary: "A thumbnail over white, 1080 px on the shorter side, as PNG, JPEG and WebP.",
  examples: [{}, { aspectRatio: "4:3" }],
  options: z.strictObject({
    aspectRatio: z
      .string()
      .regex(/^[1-9]\d{0,2}:[1-9]\d{0,2}$/u, { error: "expected width:height, such as 16:9" })
      .refine((text) => longerToShorter(text) <= 10, { error: "expected at most 10 to 1" })
      .default("16:9")
      .describe("Width to height of the thumbnail."),
    profile: profile.describe("What the encoders spend CPU on."),
  }),
  content: ({ aspectRatio, ...options }) => ({
    steps: [
      normalize({ to: "rgb", background: "#ffffff" }),
      resize({ ...boxOf(aspectRatio), fit: "cover" }),
    ],
    variants: [
      { name: "png", output: png({ compressionLevel: 9, ...options }) },
      { name: "jpeg", output: jpeg({ quality: 85, ...options }) },
      { name: "webp", output: webp({ quality: 80, ...options }) },
    ],
  }),
});

function boxOf(aspectRatio: string): { width: number; height: number } {
  const [width = 1, height = 1] = aspectRatio.split(":").map(Number);
  const scale = shorterSide / Math.min(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function longerToShorter(aspectRatio: string): number {
  const sides = aspectRatio.split(":").map(Number);
  return Math.max(...sides) / Math.min(...sides);
}
