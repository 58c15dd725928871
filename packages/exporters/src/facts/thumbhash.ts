import { rgbaToThumbHash } from "thumbhash";
import { z } from "zod";

import { defineFact } from "./define-fact.ts";

/** A ThumbHash: a blurred placeholder that knows its shape and its transparency. */
export const thumbhash = defineFact({
  name: "thumbhash",
  summary:
    "A ThumbHash in base64: a blurred placeholder of at most 25 bytes that holds shape and transparency too.",
  value: z.base64(),
  compute: ({ reduced: { width, height, data } }) =>
    Buffer.from(rgbaToThumbHash(width, height, data)).toString("base64"),
});
