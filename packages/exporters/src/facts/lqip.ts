import { imageFromPixels } from "@tintype/image-core";
import { z } from "zod";

import { defineFact } from "./define-fact.ts";

const maxCharacters = 400;
/** Px of the longest side, tried in turn: all but noise fits at the first. */
const sides = [20, 12, 8, 4];

/** A low-quality image placeholder: a tiny WebP as a data: URL, ready for an `img` or a background. */
export const lqip = defineFact({
  name: "lqip",
  summary: "A tiny WebP as a data: URL of at most 400 characters, to be shown large and blurred.",
  value: z.string(),
  async compute({ reduced }) {
    let url = "";
    for (const side of sides) {
      const data = await imageFromPixels(reduced)
        .open()
        .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 30, alphaQuality: 30, effort: 6 })
        .toBuffer();
      url = `data:image/webp;base64,${data.toString("base64")}`;
      if (url.length <= maxCharacters) break;
    }
    return url;
  },
});
