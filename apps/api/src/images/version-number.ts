import { originalNumber, thumbnailNumber } from "@tintype/assets";
import { TintypeError } from "@tintype/errors";
import { z } from "zod";

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
  throw new TintypeError({
    kind: "invalid_input",
    code: "request.invalid",
    message: "A version is original, thumbnail, or a number.",
  });
}
