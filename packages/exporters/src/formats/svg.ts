import { imageFromPixels, type Pixels } from "@tintype/image-core";
import { z } from "zod";

import { defineExporter } from "../define-exporter.ts";
import { quality } from "../shared-options.ts";
import { tracePicture } from "../trace-picture.ts";

/** SVG: the picture inside a drawing, or traced as one. */
export const svg = defineExporter({
  name: "svg",
  summary: "The picture inside a drawing, or traced as shapes of one color each.",
  examples: [{}, { mode: "trace", colors: 8 }, { mode: "wrap", embed: "jpeg", quality: 90 }],
  mediaType: "image/svg+xml",
  extension: "svg",
  alpha: true,
  options: z.strictObject({
    mode: z
      .enum(["wrap", "trace"])
      .default("wrap")
      .describe("wrap: the picture as it is; trace: shapes that stay sharp, for flat art."),
    embed: z
      .enum(["png", "webp", "jpeg"])
      .default("png")
      .describe(
        "The format of the picture that is wrapped; jpeg has no transparency, and webp is shown by browsers alone.",
      ),
    quality: quality.default(80).describe("1 to 100, of the picture that is wrapped; not for png."),
    colors: z
      .int()
      .min(2)
      .max(256)
      .default(16)
      .describe("Colors that what is traced is reduced to first."),
    detail: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe("0 leaves small shapes out and rounds the others, 1 keeps all."),
  }),
  write: (pixels, { mode, colors, detail, ...options }) =>
    mode === "trace" ? tracePicture(pixels, { colors, detail }) : wrap(pixels, options),
});

async function wrap(
  pixels: Pixels,
  { embed, quality: q }: { readonly embed: "png" | "webp" | "jpeg"; readonly quality: number },
): Promise<Buffer> {
  const picture = imageFromPixels(pixels).open();
  if (embed === "jpeg") picture.flatten({ background: "#ffffff" });
  const data = await picture.toFormat(embed, embed === "png" ? {} : { quality: q }).toBuffer();
  const { width, height } = pixels;
  const size = `width="${width}" height="${height}"`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size} viewBox="0 0 ${width} ${height}"><image ${size} xlink:href="data:image/${embed};base64,${data.toString("base64")}"/></svg>\n`,
  );
}
