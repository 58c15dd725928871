import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { assetAnswer, assetWithLinks } from "../images/asset-answer.ts";

const path = z.object({ id: z.string().describe("The picture's id.") });

/** Tells everything known of a picture. */
export const imageInfoRoute: RouteFactory = ({ assets, url }) => ({
  method: "get",
  path: "/api/v1/images/:id/info",
  operation: {
    summary: "Everything known of a picture",
    tags: ["Images"],
    requestParams: { path },
    responses: {
      200: { description: "It.", content: { "application/json": { schema: assetAnswer } } },
    },
  },
  async handle(context) {
    const asset = await (await assets()).get(context.req.param("id") ?? "");
    return context.json(assetWithLinks(asset, url));
  },
});

/** Removes a picture with all its versions. */
export const deleteImageRoute: RouteFactory = ({ assets }) => ({
  method: "delete",
  path: "/api/v1/images/:id",
  operation: {
    summary: "Delete a picture with all its versions",
    tags: ["Images"],
    requestParams: { path },
    responses: { 204: { description: "It is gone." } },
  },
  async handle(context) {
    await (await assets()).delete(context.req.param("id") ?? "");
    return context.body(null, 204);
  },
});
