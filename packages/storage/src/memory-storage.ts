import { createHash } from "node:crypto";

import { resolveRange } from "./byte-range.ts";
import { cancelBody, chunksOf } from "./chunks-of.ts";
import { compareKeys } from "./key.ts";
import type { Key } from "./key.ts";
import { parseAttributes } from "./object-attributes.ts";
import { objectUploadUrl, objectUrl, parseBaseUrl } from "./object-url.ts";
import { alreadyExistsError, notFoundError } from "./storage-errors.ts";
import type { Storage, StoredObject } from "./storage.ts";
import { storedContent } from "./stored-content.ts";
import type { UrlSigner } from "./url-signer.ts";

/** Makes a storage that lives as long as its process: for tests, trials and previews. */
export function createMemoryStorage(
  options: { readonly baseUrl?: string; readonly signer?: UrlSigner } = {},
): Storage {
  const baseUrl = parseBaseUrl(options.baseUrl ?? "memory:///");
  const objects = new Map<Key, { readonly info: StoredObject; readonly bytes: Uint8Array }>();

  const find = (key: Key) => {
    const object = objects.get(key);
    if (object === undefined) throw notFoundError(key);
    return object;
  };

  const put: Storage["put"] = async (key, body, putOptions = {}) => {
    const attributes = parseAttributes(key, putOptions);
    const chunks: Uint8Array[] = [];
    // Each chunk is copied: its owner may use the memory again.
    for await (const chunk of chunksOf(body, putOptions.signal)) chunks.push(chunk.slice());
    const bytes = Buffer.concat(chunks);
    const etag = createHash("sha256").update(bytes).digest("base64url");
    if (putOptions.ifAbsent === true && objects.has(key)) throw alreadyExistsError(key);
    const info = { key, bytes: bytes.length, lastModified: new Date(), etag, ...attributes };
    objects.set(key, { info, bytes });
    return structuredClone(info);
  };

  return {
    async put(key, body, putOptions) {
      try {
        return await put(key, body, putOptions);
      } catch (error) {
        cancelBody(body, error);
        throw error;
      }
    },

    async get(key, { range, signal } = {}) {
      signal?.throwIfAborted();
      const { info, bytes } = find(key);
      const resolved = range && resolveRange(range, bytes.length, key);
      const { offset, length } = resolved ?? { offset: 0, length: bytes.length };
      const body = new Blob([bytes.slice(offset, offset + length)]).stream();
      return storedContent(structuredClone(info), body, resolved);
    },

    async head(key) {
      return structuredClone(objects.get(key)?.info);
    },

    async delete(key) {
      objects.delete(key);
    },

    async *list({ prefix = "" as const, signal } = {}) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
      for (const key of keys.toSorted(compareKeys)) {
        signal?.throwIfAborted();
        const object = objects.get(key);
        if (object !== undefined) yield structuredClone(object.info);
      }
    },

    async copy(from, to) {
      const { info, bytes } = find(from);
      const copied = { ...info, key: to, lastModified: new Date() };
      objects.set(to, { info: copied, bytes });
      return structuredClone(copied);
    },

    async url(key, urlOptions) {
      return objectUrl(baseUrl, key, urlOptions, options.signer);
    },

    async uploadUrl(key, uploadOptions) {
      return objectUploadUrl(baseUrl, key, uploadOptions, options.signer);
    },

    async health() {
      return { ok: true };
    },
  };
}
