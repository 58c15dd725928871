import type { Asset, AssetSummary } from "@tintype/assets";
import { factsSchema } from "@tintype/exporters";
import { z } from "zod";

const summary = {
  id: z.string(),
  project: z.string(),
  name: z.string().describe("What people call it."),
  tags: z.array(z.string()),
  format: z.string(),
  mediaType: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  sha256: z.string(),
  scan: z.enum(["off", "clean", "unscanned"]).describe("What the malware scan said."),
  temporary: z.boolean(),
  thumbhash: z.string().optional().describe("A blurred placeholder in base64."),
  createdAt: z.string(),
  updatedAt: z.string(),
  url: z.string().describe("Where its original is."),
  thumbnailUrl: z.string(),
};

const version = z.object({
  number: z.int().describe("0 is the thumbnail, 1 the original; results follow."),
  name: z.string(),
  format: z.string(),
  mediaType: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  sha256: z.string(),
  recipe: z.unknown().optional().describe("How a result was made."),
  createdAt: z.string(),
  url: z.string(),
});

/** A picture as lists answer it. */
export const assetSummaryAnswer = z.object(summary).meta({ id: "ImageSummary" });

/** A picture as it is answered alone. */
export const assetAnswer = z
  .object({
    ...summary,
    metadata: z
      .looseObject({})
      .describe("What its header, EXIF, IPTC and XMP say of the original."),
    facts: factsSchema,
    versions: z.array(version),
  })
  .meta({ id: "Image" });

/** A picture with the addresses below a service's own. */
export function summaryWithLinks<Shown extends AssetSummary>(asset: Shown, serviceUrl: string) {
  const url = `${serviceUrl}/api/v1/images/${asset.id}/download`;
  return { ...asset, url, thumbnailUrl: `${url}?version=thumbnail` };
}

/** A picture and each of its versions with their addresses. */
export function assetWithLinks(asset: Asset, serviceUrl: string) {
  const shown = summaryWithLinks(asset, serviceUrl);
  const versions = asset.versions.map((one) => {
    const url = `${shown.url}?version=${one.number}`;
    return Object.assign({}, one, { url });
  });
  return { ...shown, versions };
}
