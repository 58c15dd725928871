import { originalNumber, thumbnailNumber } from "@tintype/assets";
import { z } from "zod";

import { invalidRequest } from "../invalid-request.ts";

/** The query parameter that names a version. */
export const versionQuery = z.object({
  version: z
    .string()
    .default("original")
    .describe("`original`, `thumbnail`, or the number of a version."),
});

/** The number of the version that a query names; throws `request.invalid`. */
export function versionNumber(text = "original"): number {
  if (text === "original") return originalNumber;
  if (text === "thumbnail") return thumbnailNumber;
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw invalidRequest("A version is original, thumbnail, or a number.");
}
