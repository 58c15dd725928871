import type { LocatedVersion } from "@tintype/assets";
import { resolveRange } from "@tintype/storage";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { isCurrent } from "../conditions.ts";
import { disposition } from "../disposition.ts";
import { parseRange } from "../images/byte-range.ts";
import { versionNumber, versionQuery } from "../images/version-number.ts";
import { inertHeaders } from "../inert-headers.ts";

/** Gives a version of a picture out. */
export const downloadImageRoute: RouteFactory = ({ assets }) => ({
  method: "get",
  path: "/api/v1/images/:id/download",
  operation: {
    summary: "A picture's original, thumbnail or result",
    tags: ["Images"],
    requestParams: { path: z.object({ id: z.string() }), query: versionQuery },
    responses: {
      200: { description: "The file.", content: { "image/*": {} } },
      206: { description: "The range that was asked for.", content: { "image/*": {} } },
      304: { description: "The client has this version already." },
    },
  },
  async handle(context) {
    const library = await assets();
    const number = versionNumber(context.req.query("version"));
    const located = await library.locate(context.req.param("id") ?? "", number);
    const headers = headersOf(located);
    if (isCurrent(context.req.header("if-none-match"), headers.etag))
      return context.body(null, 304, headers);

    const { bytes } = located.version;
    const condition = context.req.header("if-range");
    const isSame = condition === undefined || condition === headers.etag;
    const wanted = isSame ? parseRange(context.req.header("range")) : undefined;
    const range = wanted && resolveRange(wanted, bytes, located.key);
    const length = String(range?.length ?? bytes);
    if (context.req.method === "HEAD")
      return context.body(null, 200, { ...headers, "content-length": String(bytes) });

    const { signal } = context.req.raw;
    const { body } = await library.open(located, { signal, ...(range && { range }) });
    if (range === undefined)
      return context.body(body, 200, { ...headers, "content-length": length });
    const { offset } = range;
    const place = `bytes ${offset}-${offset + range.length - 1}/${bytes}`;
    const part = { "content-length": length, "content-range": place };
    return context.body(body, 206, { ...headers, ...part });
  },
});

function headersOf({ asset, version }: LocatedVersion) {
  const isOriginal = version.name === "original";
  const name = isOriginal
    ? asset.name
    : `${asset.name.replace(/\.[^.]*$/u, "")}-${version.name}.${version.format}`;
  return {
    // Ours, by the content: what the sender called it does not count.
    "content-type": version.mediaType,
    etag: `"${version.sha256}"`,
    "last-modified": new Date(version.createdAt).toUTCString(),
    "accept-ranges": "bytes",
    // The bytes of a version never change, but the picture may be deleted.
    "cache-control": "private, max-age=3600",
    ...inertHeaders,
    "content-disposition": disposition(version.format === "svg" ? "attachment" : "inline", name),
  };
}
