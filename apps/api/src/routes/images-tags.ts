import { tagSchema } from "@tintype/assets";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { assetAnswer, assetWithLinks } from "../images/asset-answer.ts";
import { parseRequest } from "../parse-request.ts";
import { readJson } from "../read-body.ts";

const body = z
  .strictObject({ tags: z.array(tagSchema).max(50).describe("All of them; none removes them.") })
  .meta({ id: "ImageTags", example: { tags: ["red", "camera"] } });

/** Replaces a picture's tags. */
export const imageTagsRoute: RouteFactory = ({ assets, url }) => ({
  method: "put",
  path: "/api/v1/images/:id/tags",
  operation: {
    summary: "Replace a picture's tags",
    tags: ["Images"],
    requestParams: { path: z.object({ id: z.string() }) },
    requestBody: { required: true, content: { "application/json": { schema: body } } },
    responses: {
      200: {
        description: "The picture.",
        content: { "application/json": { schema: assetAnswer } },
      },
    },
  },
  async handle(context) {
    const { tags } = parseRequest(body, await readJson(context.req));
    const asset = await (await assets()).setTags(context.req.param("id") ?? "", tags);
    return context.json(assetWithLinks(asset, url));
  },
});
