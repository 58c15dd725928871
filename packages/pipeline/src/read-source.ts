import { TintypeError } from "@tintype/errors";
import type { Provenance } from "@tintype/image-core";
import { parseKey, type Storage, type StoredContent } from "@tintype/storage";

import { decodeBase64 } from "./decode-base64.ts";
import type { GenerationServices } from "./generation/generation-services.ts";
import { readGenerated, type GenerationFacts } from "./generation/read-generated.ts";
import type { GuardedFetch } from "./guarded-fetch/create-guarded-fetch.ts";
import type { Registries } from "./registries.ts";
import { parseReference, type Source } from "./source.ts";

/** Gives the storage in a bucket that requests may read, or throws `source.bucket_denied`. */
export type BucketOpener = (bucket: string) => Promise<Storage>;

/** What sources are read with. */
export interface SourceServices {
  readonly storage: Storage;
  readonly fetch: GuardedFetch;
  readonly openBucket: BucketOpener;
  readonly generation: GenerationServices;
  readonly registries: Pick<Registries, "prompts">;
  readonly limits: { readonly maxBytes: number };
}

/** An encoded picture, and what its source knows of it besides. */
export interface SourceBytes {
  readonly bytes: Uint8Array;
  /** Given by a source that makes pictures; of others it is read from the file. */
  readonly provenance?: Provenance;
  /** How a picture that was made came to be. */
  readonly generation?: GenerationFacts;
}

/** Reads the encoded picture that a source names; never more than `maxBytes` of what comes from outside. */
export async function readSource(
  source: Source,
  services: SourceServices,
  signal?: AbortSignal,
): Promise<SourceBytes> {
  switch (source.kind) {
    case "bytes":
      return {
        bytes: typeof source.data === "string" ? decodeBase64(source.data) : source.data,
      };
    case "url":
      return { bytes: (await services.fetch(source.url, signal ? { signal } : {})).bytes };
    case "stored":
      return { bytes: (await readStored(services.storage, source.key, services, signal)).bytes };
    case "s3": {
      const [, bucket = "", key = ""] = /^s3:\/\/([^/]*)\/(.*)$/iu.exec(source.url) ?? [];
      const storage = await services.openBucket(bucket);
      return { bytes: (await readStored(storage, key, services, signal)).bytes };
    }
    case "generate": {
      const { generation, registries } = services;
      const load = async (reference: string) =>
        (await readSource(parseReference(reference), services, signal)).bytes;
      return readGenerated(source, { generation, prompts: registries.prompts }, load, signal);
    }
    default:
      return source satisfies never;
  }
}

/** Reads a stored picture of at most `maxBytes`, and the ETag of what was read. */
export async function readStored(
  ...from: Parameters<typeof openStored>
): Promise<{ readonly bytes: Uint8Array; readonly etag: string }> {
  const content = await openStored(...from);
  return { bytes: await content.bytes(), etag: content.info.etag };
}

/** Opens a stored picture of at most `maxBytes`. */
export async function openStored(
  storage: Storage,
  text: string,
  { limits: { maxBytes } }: Pick<SourceServices, "limits">,
  signal?: AbortSignal,
): Promise<StoredContent> {
  const key = parseKey(text);
  const content = await storage.get(key, { signal });
  const { bytes } = content.info;
  if (bytes <= maxBytes) return content;
  await content.body.cancel();
  throw new TintypeError({
    kind: "limit_exceeded",
    code: "image.too_many_bytes",
    message: `The stored object has ${bytes} bytes; at most ${maxBytes} are allowed.`,
    details: { key, bytes, maxBytes },
  });
}
