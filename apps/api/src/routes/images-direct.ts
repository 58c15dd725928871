import { directUploadSchema, type DirectUploadInput } from "@tintype/assets";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { assetAnswer, assetWithLinks } from "../images/asset-answer.ts";
import { parseRequest } from "../parse-request.ts";
import { readJson } from "../read-body.ts";

const offerAnswer = z
  .object({
    id: z.string().describe("Completes the upload, and is then the picture's id."),
    upload: z.object({
      method: z.literal("PUT"),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
    }),
    expiresAt: z.string(),
  })
  .meta({ id: "UploadOffer" });

const completion = z.strictObject({ id: z.string().max(100).describe("Of the upload's address.") });

/** Gives an address to which a client puts one picture without us. */
export const offerUploadRoute: RouteFactory = ({ assets }) => ({
  method: "post",
  path: "/api/v1/images/upload-url",
  operation: {
    summary: "Get an address for a direct upload",
    description: "Put the file to the address with its headers, then complete the upload.",
    tags: ["Images"],
    requestBody: {
      required: true,
      content: { "application/json": { schema: directUploadSchema } },
    },
    responses: {
      201: {
        description: "Where to put the file.",
        content: { "application/json": { schema: offerAnswer } },
      },
    },
  },
  async handle(context) {
    const upload = (await readJson(context.req)) as DirectUploadInput;
    return context.json(await (await assets()).offerUpload(upload), 201);
  },
});

/** Takes in what a client put to its address. */
export const completeUploadRoute: RouteFactory = ({ assets, url }) => ({
  method: "post",
  path: "/api/v1/images/upload-url/complete",
  operation: {
    summary: "Complete a direct upload",
    tags: ["Images"],
    requestBody: { required: true, content: { "application/json": { schema: completion } } },
    responses: {
      201: {
        description: "The picture was kept.",
        content: { "application/json": { schema: assetAnswer } },
      },
    },
  },
  async handle(context) {
    const { id } = parseRequest(completion, await readJson(context.req));
    const asset = await (await assets()).completeUpload(id, { signal: context.req.raw.signal });
    return context.json(assetWithLinks(asset, url), 201);
  },
});
