import { assetQuerySchema } from "@tintype/assets";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { assetSummaryAnswer, summaryWithLinks } from "../images/asset-answer.ts";

const query = z.object({
  ...assetQuerySchema.shape,
  tags: z.string().optional().describe("Those with every one of these words; commas between."),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("Pictures on a page."),
});

const answer = z
  .object({
    images: z.array(assetSummaryAnswer),
    nextCursor: z.string().optional().describe("Gives the next page; left out on the last."),
  })
  .meta({ id: "ImageList" });

/** Lists pictures a page at a time. */
export const listImagesRoute: RouteFactory = ({ assets, url }) => ({
  method: "get",
  path: "/api/v1/images",
  operation: {
    summary: "List pictures",
    tags: ["Images"],
    requestParams: { query },
    responses: {
      200: { description: "A page.", content: { "application/json": { schema: answer } } },
    },
  },
  async handle(context) {
    const { tags, limit, ...given } = context.req.query();
    const wanted = {
      ...given,
      ...(limit !== undefined && { limit: Number(limit) }),
      ...(tags !== undefined && { tags: tags.split(",").filter((tag) => tag.trim() !== "") }),
    };
    const page = await (await assets()).list(wanted);
    const images = page.assets.map((asset) => summaryWithLinks(asset, url));
    const { nextCursor } = page;
    return context.json({ images, ...(nextCursor !== undefined && { nextCursor }) });
  },
});
