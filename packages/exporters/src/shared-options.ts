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
