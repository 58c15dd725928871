import { TintypeError } from "@tintype/errors";
import { parseKey, type Key, type StoredObject, type UrlSigner } from "@tintype/storage";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { isCurrent } from "../conditions.ts";
import { disposition } from "../disposition.ts";
import { inertHeaders } from "../inert-headers.ts";

const path = "/files/:key{.+}";

/** Gives stored files out, by signed links only where links are signed. */
export const filesRoute: RouteFactory = ({ storage, signer }) => ({
  method: "get",
  path,
  operation: {
    summary: "A stored file",
    tags: ["Files"],
    requestParams: {
      path: z.object({ key: z.string().describe("The file's key; slashes stay as they are.") }),
      query: z.object({
        expires: z.string().optional().describe("End of a signed link, in seconds since 1970."),
        signature: z.string().optional().describe("Signature of a signed link."),
        download: z.string().optional().describe("Offer the file as a download of this name."),
      }),
    },
    responses: {
      200: { description: "The file.", content: { "image/*": {} } },
      304: { description: "The client has this version already." },
    },
  },
  async handle(context) {
    const key = parseKey(context.req.param("key") ?? "");
    if (signer) assertSigned(signer, key, context.req.query());
    const info = await storage.head(key);
    if (!info) throw fileNotFound(key);
    const sent = { isPrivate: signer !== undefined, downloadName: context.req.query("download") };
    const headers = headersOf(info, sent);
    if (isCurrent(context.req.header("if-none-match"), headers.etag)) {
      return context.body(null, 304, headers);
    }
    if (context.req.method === "HEAD") return context.body(null, 200, headers);
    const content = await storage.get(key);
    return context.body(content.body, 200, headersOf(content.info, sent));
  },
});

function assertSigned(signer: UrlSigner, key: Key, query: Record<string, string>): void {
  const verdict = signer.verify(key, query["expires"] ?? "", query["signature"] ?? "");
  if (verdict === "ok") return;
  throw new TintypeError({
    kind: "forbidden",
    code: verdict === "expired" ? "files.link_expired" : "files.wrong_signature",
    message:
      verdict === "expired"
        ? "This link has ended. Ask for a new one."
        : "This link is not signed, or its signature is wrong. Use the link as it was given out.",
  });
}

interface Sent {
  readonly isPrivate: boolean;
  readonly downloadName: string | undefined;
}

function headersOf(info: StoredObject, { isPrivate, downloadName }: Sent) {
  const offered = downloadName ? disposition("attachment", downloadName) : info.contentDisposition;
  return {
    "content-type": info.mediaType,
    "content-length": String(info.bytes),
    etag: `"${info.etag}"`,
    "last-modified": info.lastModified.toUTCString(),
    "cache-control": info.cacheControl ?? `${isPrivate ? "private" : "public"}, max-age=3600`,
    ...inertHeaders,
    ...(offered !== undefined && { "content-disposition": offered }),
  };
}

function fileNotFound(key: Key): TintypeError {
  return new TintypeError({
    kind: "not_found",
    code: "storage.not_found",
    message: `No file has the key ${key}.`,
    details: { key },
  });
}
