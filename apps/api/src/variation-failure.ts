import type { TintypeError } from "@tintype/errors";
import { z } from "zod";

/** Why one of several pictures was not made, as answers tell it. */
export const variationFailure = z
  .object({
    code: z.string(),
    detail: z.string().describe("What is wrong and what to do."),
    retryable: z.literal(true).optional(),
  })
  .meta({ id: "VariationFailure" });

/** What an answer says of a picture that was not made. */
export function asVariationFailure({ code, message, retryable }: TintypeError) {
  return { code, detail: message, ...(retryable && { retryable }) };
}
