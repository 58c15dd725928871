import { thumbnail } from "@tintype/exporters";
import { generateSourceSchema, type Registries } from "@tintype/pipeline";
import { z } from "zod";

import { invalidRequest } from "./invalid-request.ts";

/** The longer side of a thumbnail that is asked for of a generator, in px. */
const longestSide = 4096;

/** The body of `POST /api/v1/thumbnails`, as JSON or as the fields of a form. */
export function thumbnailsSchema({ prompts }: Registries, maxVariations: number) {
  const { quality, theme, brand, domain, seed, generator, model, base } =
    generateSourceSchema(prompts).shape;
  const { blend, opacity } = base.unwrap().shape;
  return z
    .strictObject({
      script: z.string().trim().min(1).max(8000).describe("What the thumbnail is about, in words."),
      imageBase64: z
        .string()
        .optional()
        .describe("A picture of your own, in base64 or as a data: URL."),
      imageUrl: z.string().optional().describe("An http or https address of that picture."),
      imageUse: z
        .enum(["base", "reference"])
        .default("base")
        .describe(
          "base: blended into the picture that is made; reference: shown to the generator.",
        ),
      blend,
      opacity,
      aspectRatio: thumbnail.options.shape.aspectRatio,
      count: z.int().min(1).max(maxVariations).default(1).describe("How many variations."),
      theme,
      quality,
      brand,
      domain,
      seed,
      generator,
      model,
    })
    .meta({ id: "ThumbnailsRequest" });
}

/** A parsed body. */
export type ThumbnailsBody = z.output<ReturnType<typeof thumbnailsSchema>>;

/** The pipeline request that a body stands for. */
export function thumbnailRequestOf({
  script,
  imageBase64,
  imageUrl,
  imageUse,
  blend,
  opacity,
  aspectRatio,
  count: _asked,
  ...wish
}: ThumbnailsBody): Record<string, unknown> {
  const image = pictureOf({ imageBase64, imageUrl });
  return {
    source: {
      kind: "generate",
      prompt: script,
      size: "custom",
      ...sizeOf(aspectRatio),
      ...wish,
      ...(image !== undefined && imageUse === "base" && { base: { image, blend, opacity } }),
      ...(image !== undefined && imageUse === "reference" && { references: [image] }),
    },
    preset: { preset: "thumbnail", aspectRatio },
  };
}

/** The picture as a reference that the pipeline reads. */
function pictureOf({
  imageBase64,
  imageUrl,
}: Pick<ThumbnailsBody, "imageBase64" | "imageUrl">): string | undefined {
  if (imageBase64 === undefined) return imageUrl;
  if (imageUrl !== undefined) throw twoPictures();
  return imageBase64.startsWith("data:") ? imageBase64 : `data:;base64,${imageBase64}`;
}

/** A body as it was read, with the picture of a form as if it had been sent in base64. */
export function withFormPicture(body: unknown): unknown {
  const { source, filename: _unused, ...fields } = Object(body) as Record<string, unknown>;
  const { data } = Object(source) as { readonly data?: unknown };
  if (!(data instanceof Uint8Array)) return body;
  if (fields["imageBase64"] !== undefined) throw twoPictures();
  return { ...fields, imageBase64: Buffer.from(data).toString("base64") };
}

function twoPictures(): Error {
  return invalidRequest("Give at most one picture: imageBase64, imageUrl, or a form's image.");
}

/** The pixels of a ratio, as the preset makes them, as far as a generator draws so large. */
function sizeOf(aspectRatio: string): { width: number; height: number } {
  const [width = 1, height = 1] = aspectRatio.split(":").map(Number);
  const scale = Math.min(1080 / Math.min(width, height), longestSide / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
