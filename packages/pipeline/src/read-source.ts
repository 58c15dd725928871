import { TintypeError } from "@tintype/errors";
import { parseKey, type Storage } from "@tintype/storage";

import { decodeBase64 } from "./decode-base64.ts";
import type { GuardedFetch } from "./guarded-fetch/create-guarded-fetch.ts";
import type { Source } from "./source.ts";

/** What sources are read with. */
export interface SourceServices {
  readonly storage: Storage;
  readonly fetch: GuardedFetch;
  readonly limits: { readonly maxBytes: number };
}

/** Reads the encoded picture that a source names; never more than `maxBytes` of what comes from outside. */
export async function readSource(
  source: Source,
  { storage, fetch, limits: { maxBytes } }: SourceServices,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  switch (source.kind) {
    case "bytes":
      return typeof source.data === "string" ? decodeBase64(source.data) : source.data;
    case "url":
      return (await fetch(source.url, signal ? { signal } : {})).bytes;
    case "stored": {
      const key = parseKey(source.key);
      const content = await storage.get(key, { signal });
      if (content.info.bytes <= maxBytes) return content.bytes();
      await content.body.cancel();
      throw new TintypeError({
        kind: "limit_exceeded",
        code: "image.too_many_bytes",
        message: `The stored object has ${content.info.bytes} bytes; at most ${maxBytes} are allowed.`,
        details: { key, bytes: content.info.bytes, maxBytes },
      });
    }
    default:
      return source satisfies never;
  }
}
