import { readImage } from "@tintype/image-core";
import { assertAdmitted } from "@tintype/scanner";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { parseFreeKey } from "../free-key.ts";

const path = "/api/v1/objects/:key{.+}";

const requestParams = {
  path: z.object({ key: z.string().describe("The key; slashes stay as they are.") }),
};

/** What a stored picture is told as. */
export const objectAnswer = z
  .object({
    requestId: z.string(),
    key: z.string(),
    url: z.string(),
    mediaType: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    metadata: z.record(z.string(), z.string()),
  })
  .meta({ id: "ObjectAnswer" });

/** The headers that carry metadata: `x-meta-owner` is kept as `owner`. */
const metaHeader = /^x-meta-(?<name>[a-z\d-]{1,60})$/u;

/** Stores a picture as it is under a key. */
export const putObjectRoute: RouteFactory = ({ pipeline, settings, scanner, signer, storage }) => ({
  method: "put",
  path,
  operation: {
    summary: "Store a picture under a key",
    description:
      "The body is the picture itself. Headers `x-meta-NAME` are kept with it; with `if-none-match: *` a key that is taken is refused.",
    tags: ["Objects"],
    requestParams,
    requestBody: { required: true, content: { "image/*": {} } },
    responses: {
      200: {
        description: "The stored picture.",
        content: { "application/json": { schema: objectAnswer } },
      },
    },
  },
  async handle(context) {
    const { signal } = context.req.raw;
    const key = parseFreeKey(context.req.param("key") ?? "");
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const { source } = await readImage(bytes, pipeline.limits);
    if (scanner) assertAdmitted(await scanner.scan(bytes, { signal }), settings.virusScan.mode);
    const { mediaType, width, height } = source;
    const metadata = metadataIn(context.req.header());
    const ifAbsent = context.req.header("if-none-match") === "*";
    await storage.put(key, bytes, { mediaType, metadata, ifAbsent, signal });
    const expiresInSeconds = signer && settings.signing.expiresInSeconds;
    const url = await storage.url(key, { expiresInSeconds });
    const requestId = context.get("requestId");
    const size = { width, height, bytes: bytes.length };
    return context.json({ requestId, key, url, mediaType, ...size, metadata });
  },
});

/** Removes what is stored under a key. */
export const deleteObjectRoute: RouteFactory = ({ storage }) => ({
  method: "delete",
  path,
  operation: {
    summary: "Remove what is stored under a key",
    description: "Fine when there is nothing.",
    tags: ["Objects"],
    requestParams,
    responses: { 204: { description: "There is nothing under the key any more." } },
  },
  async handle(context) {
    const key = parseFreeKey(context.req.param("key") ?? "");
    await storage.delete(key, { signal: context.req.raw.signal });
    return context.body(null, 204);
  },
});

function metadataIn(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([header, value]) => {
    const name = metaHeader.exec(header)?.groups?.["name"];
    return name === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
