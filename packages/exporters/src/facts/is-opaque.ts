import { z } from "zod";

import { defineFact } from "./define-fact.ts";

/** Whether nothing shines through a picture. */
export const isOpaque = defineFact({
  name: "isOpaque",
  summary: "Whether every pixel is fully opaque; exact, over all of them.",
  value: z.boolean(),
  compute({ pixels: { data, channels } }) {
    if (channels === 3) return true;
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
    return true;
  },
});
