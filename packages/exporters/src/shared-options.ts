import { color } from "@tintype/image-core";
import { z } from "zod";

/** What of the source's metadata a file keeps; nothing by default, and the place never unless `gps` is named. */
export const keep = z
  .array(z.enum(["copyright", "exif", "icc", "xmp", "gps", "all"]))
  .default([])
  .describe(
    "Metadata to keep: copyright (author and rights), exif, icc (an sRGB profile), xmp, gps (the place), all (everything but gps).",
  );

/** What a transparent picture is laid on in a format that holds no transparency. */
export const background = color.default("#ffffff").describe("What transparent parts are laid on.");

/** What the CPU is spent on; what each costs in bytes and decibels stands in the reference. */
export const profile = z.enum(["fast", "balanced", "small"]).default("balanced");

/** The quality of a lossy encoder. */
export const quality = z.int().min(1).max(100);

/** A size that the file must not exceed, whatever its quality. */
export const maxBytes = z
  .int()
  .min(1)
  .optional()
  .describe("The most bytes the file may have: the quality is lowered until it fits.");

/** How alike the file and the picture must be. */
export const target = z
  .number()
  .min(0.5)
  .max(1)
  .optional()
  .describe(
    "Instead of a fixed quality: the lowest one whose structural similarity (SSIM) to the picture is at least this, such as 0.98.",
  );

/** The colors that the file's samples are written in. */
export const colorSpace = z
  .enum(["srgb", "p3"])
  .default("srgb")
  .describe("p3: samples converted to Display P3, with its profile.");

/** Whether a file may stay as it came. */
export const keepSmaller = z
  .boolean()
  .default(false)
  .describe(
    "Write the source's own bytes where they are the same picture in the same format, have nothing to strip, and are fewer.",
  );

/** Says why a search for a quality can't be had where nothing is lost. */
export const searchNeedsLoss = {
  error: "maxBytes and target look for a quality: choose a lossy mode",
} as const;

/** How often an animation plays. */
export const loop = z
  .int()
  .min(0)
  .max(65_535)
  .optional()
  .describe("How often an animation plays, 0 for ever; as in the source when left out.");

/** How long an animation shows each frame. */
export const delayMs = z
  .int()
  .min(0)
  .max(65_535)
  .optional()
  .meta({ unit: "ms" })
  .describe("How long an animation shows each frame; as in the source when left out.");
