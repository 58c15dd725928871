import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import { colorSpace, keepSmaller } from "../shared-options.ts";

/** TIFF: lossless, with transparency, for print and archives. */
export const tiff = defineExporter({
  name: "tiff",
  summary: "Lossless, with transparency; for print and archives, not for browsers.",
  examples: [{}, { compression: "deflate", predictor: "none" }, { bitDepth: 1 }],
  mediaType: "image/tiff",
  extension: "tif",
  alpha: true,
  options: z.strictObject({
    compression: z
      .enum(["none", "lzw", "deflate", "packbits"])
      .default("lzw")
      .describe("All keep every pixel; deflate is smallest, packbits and none are oldest."),
    predictor: z
      .enum(["none", "horizontal"])
      .default("horizontal")
      .describe("horizontal: lzw and deflate store differences, smaller for photographs."),
    bitDepth: z
      .literal([1, 2, 4, 8])
      .default(8)
      .describe("Bits a sample; fewer than 8 give gray without transparency."),
    colorSpace,
    keep: z
      .array(z.enum(["icc", "xmp", "gps", "all"]))
      .default([])
      .describe(
        "Metadata to keep: icc (an sRGB profile), xmp, gps (the place in XMP), all (everything but gps). EXIF is not written.",
      ),
    keepSmaller,
  }),
  encode: (picture, { compression, predictor, bitDepth }) =>
    bitDepth === 8
      ? picture.tiff({ compression, predictor })
      : picture
          .flatten({ background: "#ffffff" })
          .toColourspace("b-w")
          .tiff({ compression, predictor: "none", bitdepth: bitDepth }),
});
