import type { DeliveredImage } from "@tintype/delivery";
import type { Context } from "hono";

import { isCurrent } from "./conditions.ts";
import { encodedName } from "./disposition.ts";
import { inertHeaders } from "./inert-headers.ts";

/** How answers of images are set up. */
export interface ImageResponseSettings {
  readonly ttlSeconds: number;
  readonly fallbackStatus: number;
  readonly fallbackTtlSeconds: number;
  readonly debugHeaders: boolean;
  readonly clientHints: boolean;
}

/** The headers by which clients hint at width and pixel ratio. */
export const hintHeaders = ["Sec-CH-DPR", "Sec-CH-Width"] as const;

/** Answers with an image: whole, in part, or that the client has it already. */
export function imageResponse(
  { req, body }: Context,
  image: DeliveredImage,
  settings: ImageResponseSettings,
): Response {
  const etag = `"${image.sha256.slice(0, 32)}"`;
  const headers = headersOf(image, etag, settings);
  if (isKnown(req, etag, image.lastModified)) return body(null, 304, headers);
  const bytes = image.bytes as Uint8Array<ArrayBuffer>;
  const status = image.fallback ? settings.fallbackStatus : 200;
  const range = image.original && status === 200 ? rangeOf(req, etag, bytes.length) : undefined;
  if (range === "outside") {
    return body(null, 416, { ...headers, "content-range": `bytes */${bytes.length}` });
  }
  if (range === undefined) {
    return body(bytes, status as 200, { ...headers, "content-length": String(bytes.length) });
  }
  const { first, last } = range;
  return body(bytes.subarray(first, last + 1), 206, {
    ...headers,
    "content-length": String(last + 1 - first),
    "content-range": `bytes ${first}-${last}/${bytes.length}`,
  });
}

function headersOf(
  image: DeliveredImage,
  etag: string,
  settings: ImageResponseSettings,
): Record<string, string> {
  const { clientHints, debugHeaders } = settings;
  const vary = [...(image.negotiated ? ["Accept"] : []), ...(clientHints ? hintHeaders : [])];
  return {
    "content-type": image.mediaType,
    "content-disposition": dispositionOf(image),
    etag,
    "last-modified": image.lastModified.toUTCString(),
    "cache-control": `public, max-age=${maxAgeOf(image, settings)}`,
    ...inertHeaders,
    "x-cache": image.cache.toUpperCase(),
    ...(image.original && { "accept-ranges": "bytes" }),
    ...(vary.length > 0 && { vary: vary.join(", ") }),
    ...(clientHints && { "accept-ch": hintHeaders.join(", ") }),
    ...(image.fallback && { "fallback-image": "1" }),
    ...(debugHeaders && {
      "x-origin-content-length": String(image.sourceBytes),
      "x-origin-width": String(image.sourceWidth),
      "x-origin-height": String(image.sourceHeight),
      "x-result-width": String(image.width),
      "x-result-height": String(image.height),
    }),
  };
}

/** An address that ends is not kept beyond its end. */
function maxAgeOf(
  { fallback, expiresAt }: DeliveredImage,
  { ttlSeconds, fallbackTtlSeconds }: ImageResponseSettings,
): number {
  const usual = fallback ? fallbackTtlSeconds : ttlSeconds;
  if (!expiresAt) return usual;
  return Math.max(0, Math.min(usual, Math.floor((expiresAt.getTime() - Date.now()) / 1000)));
}

/** The file's name for old clients in ASCII, and for all others in the encoding of RFC 8187. */
function dispositionOf({ attachment, filename }: DeliveredImage): string {
  const plain = filename.replaceAll(/[^\w .-]/gu, "_");
  const kind = attachment ? "attachment" : "inline";
  const short = `${kind}; filename="${plain}"`;
  return plain === filename ? short : `${short}; ${encodedName(filename)}`;
}

function isKnown(req: Context["req"], etag: string, lastModified: Date): boolean {
  const tags = req.header("if-none-match");
  if (tags !== undefined) return isCurrent(tags, etag);
  const since = Date.parse(req.header("if-modified-since") ?? "");
  // HTTP's dates know no parts of seconds.
  return Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
}

type Range = { readonly first: number; readonly last: number };

/** The one range that a client asks for, or undefined for the whole. */
function rangeOf(req: Context["req"], etag: string, bytes: number): Range | "outside" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/u.exec(req.header("range") ?? "") ?? [];
  const condition = req.header("if-range");
  const isWhole = from === "" && to === "";
  if (isWhole || (condition !== undefined && condition !== etag)) return undefined;
  const first = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === "" || to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  return first <= last ? { first, last } : "outside";
}
