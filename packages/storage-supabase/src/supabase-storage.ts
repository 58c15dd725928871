import type { StorageClient, StorageError } from "@supabase/storage-js";
import type { TintypeError } from "@tintype/errors";
import {
  assertExpiry,
  cancelBody,
  checkedBody,
  chunksOf,
  notFoundError,
  parseAttributes,
  resolveRange,
  storedContent,
  type Key,
  type PutOptions,
  type Storage,
  type StoredObject,
} from "@tintype/storage";

import { etagOf } from "./etag-of.ts";
import { listObjects } from "./list-objects.ts";
import { toObjectName } from "./object-name.ts";
import { packAttributes, unpackAttributes } from "./packed-attributes.ts";
import { supabaseError, unavailable } from "./supabase-error.ts";

// An object that changes while it is opened is opened again; more often than this nobody overwrites one.
const opensAtMost = 5;

/** Where a Supabase storage keeps its objects. */
export interface SupabaseStorageOptions {
  /** From the SDK, with a key that may read and write the bucket. */
  readonly client: StorageClient;
  readonly bucket: string;
}

/** Makes a storage in a bucket of Supabase Storage. */
export function createSupabaseStorage({ client, bucket }: SupabaseStorageOptions): Storage {
  const files = () => client.from(bucket);

  const put = async (
    key: Key,
    body: Uint8Array | ReadableStream<Uint8Array>,
    options: PutOptions,
  ): Promise<StoredObject> => {
    const { signal, ifAbsent = false } = options;
    signal?.throwIfAborted();
    const attributes = parseAttributes(key, options);
    const { mediaType, cacheControl } = attributes;
    const source = watched(body, signal);
    const sent = await files().upload(toObjectName(key), source.body, {
      contentType: mediaType,
      upsert: !ifAbsent,
      metadata: packAttributes(attributes),
      ...(cacheControl !== undefined && { headers: { "cache-control": cacheControl } }),
    });
    if (source.failure() !== undefined) throw source.failure()?.reason;
    resultOf(sent, key);
    return storage.head(key, { signal }).then((stored) => stored ?? gone(key));
  };

  const storage: Storage = {
    async put(key, body, options = {}) {
      try {
        return await put(key, body, options);
      } catch (error) {
        cancelBody(body, error);
        throw error;
      }
    },

    async get(key, { range, signal } = {}) {
      for (let opens = 0; opens < opensAtMost; opens += 1) {
        const info = await storage.head(key, { signal });
        if (info === undefined) throw notFoundError(key);
        const resolved = range && resolveRange(range, info.bytes, key);
        // A nonce, so that no cache answers with an older version.
        const options = { cacheNonce: crypto.randomUUID() };
        const { signedUrl } = resultOf(
          await files().createSignedUrl(toObjectName(key), 60, options),
          key,
        );
        const { offset, length } = resolved ?? { offset: 0, length: info.bytes };
        const headers = { range: `bytes=${String(offset)}-${String(offset + length - 1)}` };
        const response = await open(signedUrl, {
          ...(resolved && { headers }),
          signal: signal ?? null,
        });
        const body = response.body ?? new Blob([]).stream();
        responses.set(body, response);
        if (response.ok && etagOf(response.headers.get("etag")) === info.etag)
          return storedContent(info, checkedBody(body, { key, length }, signal), resolved);
        await body.cancel();
      }
      throw unavailable(undefined);
    },

    async head(key, { signal } = {}) {
      signal?.throwIfAborted();
      const { data, error } = await files().info(toObjectName(key));
      signal?.throwIfAborted();
      if (error !== null) return missing(supabaseError(error, key));
      const { mediaType } = parseAttributes(key, { mediaType: data.contentType });
      return {
        key,
        bytes: data.size ?? 0,
        lastModified: new Date(data.lastModified ?? data.createdAt),
        etag: etagOf(data.etag),
        mediaType,
        ...unpackAttributes(data.metadata),
      };
    },

    async delete(key) {
      resultOf(await files().remove([toObjectName(key)]), key);
    },

    async *list({ prefix, signal } = {}) {
      signal?.throwIfAborted();
      yield* await listObjects(files, prefix === undefined ? "" : toObjectName(prefix), signal);
    },

    async copy(from, to, { signal } = {}) {
      signal?.throwIfAborted();
      if (from !== to) {
        const over = files().setHeader("x-upsert", "true");
        resultOf(await over.copy(toObjectName(from), toObjectName(to)), from);
      }
      return storage.head(to, { signal }).then((copied) => copied ?? gone(from));
    },

    async url(key, { expiresInSeconds, downloadName } = {}) {
      const options = downloadName === undefined ? {} : { download: downloadName };
      const name = toObjectName(key);
      if (expiresInSeconds === undefined) return files().getPublicUrl(name, options).data.publicUrl;
      assertExpiry(expiresInSeconds);
      return resultOf(await files().createSignedUrl(name, expiresInSeconds, options), key)
        .signedUrl;
    },

    async uploadUrl(key, { mediaType, expiresInSeconds }) {
      parseAttributes(key, { mediaType });
      assertExpiry(expiresInSeconds);
      const signed = await files().createSignedUploadUrl(toObjectName(key), { upsert: true });
      const headers = { "content-type": mediaType, "x-upsert": "true" };
      return { method: "PUT", url: resultOf(signed, key).signedUrl, headers };
    },

    async health() {
      const { error } = await client.getBucket(bucket);
      return error === null ? { ok: true } : { ok: false, message: supabaseError(error).message };
    },
  };
  return storage;
}

/** What the SDK answers with: one of both. */
interface Result<T> {
  readonly data: T | null;
  readonly error: StorageError | null;
}

function resultOf<T>({ data, error }: Result<T>, key: Key): NonNullable<T> {
  if (error !== null) throw supabaseError(error, key);
  return data as NonNullable<T>;
}

/** Nothing where an error says that there is no object; any other is thrown. */
function missing(error: TintypeError): undefined {
  if (error.code !== "storage.not_found") throw error;
}

function gone(key: Key): never {
  throw notFoundError(key);
}

/** Holds each response as long as its body: fetch cancels a body that nobody reads yet once its response is collected. */
const responses = new WeakMap<ReadableStream, Response>();

async function open(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    init.signal?.throwIfAborted();
    throw unavailable(error);
  }
}

/** A body, and the failure of its own source, which the SDK would wrap. */
function watched(body: Uint8Array | ReadableStream<Uint8Array>, signal: AbortSignal | undefined) {
  let failure: { readonly reason: unknown } | undefined;
  if (body instanceof Uint8Array) return { body, failure: () => failure };
  async function* chunks(source: ReadableStream<Uint8Array>) {
    try {
      yield* chunksOf(source, signal);
    } catch (reason) {
      failure = { reason };
      throw reason;
    }
  }
  return { body: ReadableStream.from(chunks(body)), failure: () => failure };
}
