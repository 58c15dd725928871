import { z } from "zod";

import { chooseFormat, contentOf } from "../choose-format.ts";
import { defineExporter } from "../define-exporter.ts";
import {
  background,
  colorSpace,
  keep,
  keepSmaller,
  maxBytes,
  profile,
  quality,
  target,
} from "../shared-options.ts";
import { avif } from "./avif.ts";
import { gif } from "./gif.ts";
import { jpeg } from "./jpeg.ts";
import { png } from "./png.ts";
import { webp } from "./webp.ts";

/** The format that suits the picture, and the client that asks for it. */
export const auto = defineExporter({
  name: "auto",
  summary:
    "The format that suits the picture and the client: by transparency, photograph or graphic, animation, and an Accept header.",
  examples: [{}, { accept: "image/avif,image/webp,*/*", quality: 85 }, { lossless: true }],
  mediaType: "image/*",
  extension: "*",
  alpha: true,
  animation: true,
  options: z.strictObject({
    accept: z
      .string()
      .max(1000)
      .optional()
      .describe(
        "The client's Accept header: avif and webp are chosen where it names them; what every program opens when left out.",
      ),
    lossless: z
      .boolean()
      .optional()
      .describe("Whether to keep every pixel; graphics do, photographs don't, when left out."),
    quality: quality
      .default(80)
      .describe("1 to 100 as in a JPEG; of AVIF, the quality that looks like it."),
    profile: profile.describe("What the encoder spends CPU on."),
    maxBytes,
    target,
    background,
    colorSpace,
    keep,
    keepSmaller,
  }),
  async choose(
    image,
    {
      accept,
      lossless: wished,
      quality: q,
      maxBytes: most,
      target: least,
      background: below,
      ...shared
    },
  ) {
    // Where a quality is to be looked for, something has to be lost.
    const needsLoss = most !== undefined || least !== undefined;
    const content = await contentOf(image);
    const { format, lossless } = chooseFormat(content, accept, needsLoss ? false : wished);
    const search = { ...(most && { maxBytes: most }), ...(least && { target: least }) };
    const options = {
      gif: {},
      png: {},
      jpeg: { quality: q, background: below, ...search },
      // WebP's quality without loss is an effort, and best left at its default.
      webp: lossless ? { mode: "lossless" } : { quality: q, ...search },
      avif: { quality: Math.max(1, Math.round(q * 0.625)), ...search },
    }[format];
    return { format, ...declaredBy({ gif, png, jpeg, webp, avif }[format], shared), ...options };
  },
});

/** Those of the shared options that a format has. */
function declaredBy({ options }: { readonly options: z.ZodObject }, shared: object): object {
  return Object.fromEntries(Object.entries(shared).filter(([name]) => name in options.shape));
}
