import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { isTintypeError, TintypeError } from "@tintype/errors";
import {
  alreadyExistsError,
  assertExpiry,
  cancelBody,
  checkedBody,
  corruptedError,
  escapeKey,
  notFoundError,
  objectUrl,
  parseAttributes,
  parseBaseUrl,
  parseContentRange,
  rangeHeader,
  storedContent,
  type Key,
  type Storage,
} from "@tintype/storage";

import { encryptionHeaders, encryptionInput, type S3Encryption } from "./encryption.ts";
import { createEtagDigest } from "./etag-digest.ts";
import { toHeaderText } from "./header-text.ts";
import { putObject } from "./put-object.ts";
import { attempt, s3Error } from "./s3-error.ts";
import { etagOf, listedObject, storedObject } from "./stored-object.ts";

/** Where an S3 storage keeps its objects. */
export interface S3StorageOptions {
  /** From the SDK, or from `connectS3`; set its checksums to `WHEN_REQUIRED` for services other than Amazon's. */
  readonly client: S3Client;
  readonly bucket: string;
  /** Where everyone, or a CDN, reads the objects; addresses that expire lead to the service itself. */
  readonly baseUrl?: string | undefined;
  readonly encryption?: S3Encryption | undefined;
  /** Whether ETags are MD5 digests, which are then compared; `opaque` for services where they are not. */
  readonly digests?: "md5" | "opaque" | undefined;
  /** Whether the service knows `If-None-Match`; without it `ifAbsent` looks first, and two writers at once may both win. */
  readonly conditionalWrites?: boolean | undefined;
}

/** Makes a storage in a bucket of Amazon S3, or of a service that speaks its protocol. */
export function createS3Storage(options: S3StorageOptions): Storage {
  const { client, bucket: Bucket, digests = "md5", conditionalWrites = true } = options;
  const baseUrl = options.baseUrl === undefined ? undefined : parseBaseUrl(options.baseUrl);
  const encryption = encryptionInput(options.encryption);
  const at = (Key: Key) => ({ Bucket, Key });
  // With a key of KMS an ETag is no digest, whatever it looks like.
  const isDigest = (by: string | undefined) => digests === "md5" && by?.startsWith("aws:") !== true;

  const put: Storage["put"] = async (key, body, putOptions = {}) => {
    const { signal, ifAbsent = false } = putOptions;
    const attributes = parseAttributes(key, putOptions);
    if (ifAbsent && !conditionalWrites && (await storage.head(key, { signal })) !== undefined)
      throw alreadyExistsError(key);
    const entries = Object.entries(attributes.metadata);
    const input = {
      ...at(key),
      ...encryption,
      ContentType: attributes.mediaType,
      Metadata: Object.fromEntries(entries.map(([name, value]) => [name, toHeaderText(value)])),
      CacheControl: attributes.cacheControl,
      ContentDisposition: attributes.contentDisposition,
      IfNoneMatch: ifAbsent && conditionalWrites ? "*" : undefined,
    };
    const sent = await putObject(client, input, body, signal);
    const stored = await storage.head(key, { signal });
    // Some services complete an upload in parts without telling its ETag.
    const etag = etagOf(sent.answer.ETag) || stored?.etag;
    if (etag === undefined) throw notFoundError(key);
    if (isDigest(sent.answer.ServerSideEncryption) && !sent.digest.matches(etag))
      throw corruptedError(key);
    const lastModified = stored?.lastModified ?? new Date();
    return { key, bytes: sent.bytes, lastModified, etag, ...attributes };
  };

  const storage: Storage = {
    async put(key, body, putOptions) {
      try {
        return await put(key, body, putOptions);
      } catch (error) {
        cancelBody(body, error);
        throw error;
      }
    },

    async get(key, { range, signal } = {}) {
      const Range = range && rangeHeader(range, key);
      return attempt(key, signal, async (send) => {
        const found = await client.send(new GetObjectCommand({ ...at(key), Range }), send);
        const cut = parseContentRange(found.ContentRange ?? "");
        const info = storedObject(key, found, cut?.bytes ?? found.ContentLength);
        const isWhole = cut === undefined && isDigest(found.ServerSideEncryption);
        const digest = isWhole && !info.etag.includes("-") ? digestOf(info.etag) : undefined;
        const length = cut?.range.length ?? info.bytes;
        const body = found.Body?.transformToWebStream() as ReadableStream<Uint8Array>;
        const checked = checkedBody(body, { key, length, digest }, signal);
        return storedContent(info, checked, range && cut?.range);
      });
    },

    async head(key, { signal } = {}) {
      try {
        return await attempt(key, signal, async (send) => {
          const found = await client.send(new HeadObjectCommand(at(key)), send);
          return storedObject(key, found, found.ContentLength);
        });
      } catch (error) {
        if (isTintypeError(error) && error.code === "storage.not_found") return undefined;
        throw error;
      }
    },

    async delete(key, { signal } = {}) {
      await attempt(key, signal, async (send) =>
        client.send(new DeleteObjectCommand(at(key)), send),
      );
    },

    async *list({ prefix, signal } = {}) {
      try {
        signal?.throwIfAborted();
        const pages = paginateListObjectsV2(
          { client },
          { Bucket, Prefix: prefix },
          { abortSignal: signal },
        );
        for await (const { Contents = [] } of pages)
          for (const object of Contents) yield* listedObject(object);
      } catch (error) {
        throw s3Error(error, undefined, signal);
      }
    },

    async copy(from, to, { signal } = {}) {
      // S3 refuses to copy an object onto itself as it is.
      if (from !== to) {
        const CopySource = `${Bucket}/${escapeKey(from)}`;
        await attempt(from, signal, async (send) =>
          client.send(new CopyObjectCommand({ ...at(to), ...encryption, CopySource }), send),
        );
      }
      const copied = await storage.head(to, { signal });
      if (copied === undefined) throw notFoundError(from);
      return copied;
    },

    async url(key, { expiresInSeconds, downloadName } = {}) {
      if (expiresInSeconds !== undefined) assertExpiry(expiresInSeconds);
      else if (downloadName !== undefined) throw lastingDownloadError();
      else if (baseUrl !== undefined) return objectUrl(baseUrl, key);
      const ResponseContentDisposition =
        downloadName && `attachment; filename*=UTF-8''${encodeURIComponent(downloadName)}`;
      const command = new GetObjectCommand({ ...at(key), ResponseContentDisposition });
      return attempt(key, undefined, async () => {
        const url = await getSignedUrl(client, command, { expiresIn: expiresInSeconds ?? 1 });
        return expiresInSeconds === undefined ? (url.split("?")[0] as string) : url;
      });
    },

    async uploadUrl(key, { mediaType, bytes, expiresInSeconds }) {
      parseAttributes(key, { mediaType });
      assertExpiry(expiresInSeconds);
      const sent = { ContentType: mediaType, ContentLength: bytes };
      const command = new PutObjectCommand({ ...at(key), ...encryption, ...sent });
      const url = await attempt(key, undefined, async () =>
        getSignedUrl(client, command, {
          expiresIn: expiresInSeconds,
          signableHeaders: new Set(["host", "content-type", "content-length"]),
        }),
      );
      return {
        method: "PUT",
        url,
        headers: { "content-type": mediaType, ...encryptionHeaders(options.encryption) },
      };
    },

    async health({ signal } = {}) {
      try {
        await attempt(undefined, signal, async (send) =>
          client.send(new HeadBucketCommand({ Bucket }), send),
        );
        return { ok: true };
      } catch (error) {
        return { ok: false, message: healthMessage(error) };
      }
    },
  };
  return storage;
}

/** The digest of a whole body, which was put at once. */
function digestOf(etag: string) {
  const digest = createEtagDigest(Number.MAX_SAFE_INTEGER);
  return {
    update: (chunk: Uint8Array) => digest.update(chunk),
    isRight: () => digest.matches(etag),
  };
}

function healthMessage(error: unknown): string {
  if (!isTintypeError(error)) return "The S3 service cannot be asked.";
  // Asked for a bucket's head, a service says no more than that there is nothing.
  const isMissing = (error.cause as Error | undefined)?.name === "NotFound";
  return isMissing ? "The bucket does not exist: make it, or name another." : error.message;
}

function lastingDownloadError(): TintypeError {
  return new TintypeError({
    kind: "unsupported",
    code: "storage.cannot_sign",
    message:
      "S3 offers a download under a name of its own by an address that expires alone: ask for one.",
  });
}
