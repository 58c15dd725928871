import { z } from "zod";

import { projectSchema, tagSchema } from "./upload.ts";

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .meta({ type: "string", format: "date-time" });

/** Which pictures to list, and in which order. */
export const assetQuerySchema = z.strictObject({
  project: projectSchema
    .optional()
    .describe("Those of this project, and of the projects below it."),
  tags: z.array(tagSchema).max(20).default([]).describe("Those that have every one of these."),
  search: z.string().min(1).max(200).optional().describe("Those whose name or a tag holds this."),
  format: z.string().max(20).optional().describe("Those of this format, such as png."),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .optional()
    .describe("Those of exactly this content."),
  createdAfter: time.optional().describe("Those that came in at this time or later."),
  createdBefore: time.optional().describe("Those that came in before this time."),
  sort: z.enum(["created", "name", "bytes"]).default("created"),
  order: z.enum(["asc", "desc"]).optional().describe("Newest first, else ascending, if not given."),
  limit: z.int().min(1).max(200).default(50).describe("Pictures on a page."),
  cursor: z.string().max(2000).optional().describe("`nextCursor` of the page before."),
});

/** A query as it may be given. */
export type AssetQueryInput = z.input<typeof assetQuerySchema>;

/** A query, checked. */
export type AssetQuery = z.output<typeof assetQuerySchema>;
