import { createHash } from "node:crypto";
import { Readable } from "node:stream";

import {
  PutObjectCommand,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { chunksOf, type Key } from "@tintype/storage";

import { createEtagDigest, type EtagDigest } from "./etag-digest.ts";
import { s3Error } from "./s3-error.ts";

// The least that S3 takes, so that 10,000 parts hold 50 GB; two in flight keep an upload below 20 MB of memory.
const partBytes = 5 * 1024 * 1024;
const partsAtOnce = 2;

/** What became of a put: the service's answer, and the digest of what was sent. */
export interface Sent {
  readonly answer: Pick<PutObjectCommandOutput, "ETag" | "ServerSideEncryption">;
  readonly digest: EtagDigest;
  readonly bytes: number;
}

/** Sends a whole body: bytes by one request, and a stream in parts where it is longer than one; leaves no parts behind. A failure of the body's own source is thrown as it is. */
export async function putObject(
  client: S3Client,
  input: Omit<PutObjectCommandInput, "Body" | "Key"> & { readonly Key: Key },
  body: Uint8Array | ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): Promise<Sent> {
  const digest = createEtagDigest(partBytes);
  let bytes = 0;
  let failure: { readonly reason: unknown } | undefined;
  async function* chunks() {
    try {
      for await (const chunk of chunksOf(body, signal)) {
        digest.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    } catch (reason) {
      failure = { reason };
      throw reason;
    }
  }
  try {
    const answer = await (body instanceof Uint8Array
      ? putBytes(client, input, body, signal)
      : putStream(client, input, chunks()));
    if (body instanceof Uint8Array) digest.update(body);
    return { answer, digest, bytes: body instanceof Uint8Array ? body.length : bytes };
  } catch (error) {
    throw failure === undefined ? s3Error(error, input.Key, signal) : failure.reason;
  }
}

async function putBytes(
  client: S3Client,
  input: Omit<PutObjectCommandInput, "Body">,
  body: Uint8Array,
  signal: AbortSignal | undefined,
) {
  signal?.throwIfAborted();
  // A service that gets other bytes refuses them before it replaces anything.
  const md5 = createHash("md5").update(body).digest("base64");
  const command = new PutObjectCommand({ ...input, Body: body, ContentMD5: md5 });
  return client.send(command, signal && { abortSignal: signal });
}

async function putStream(
  client: S3Client,
  input: Omit<PutObjectCommandInput, "Body">,
  chunks: AsyncGenerator<Uint8Array>,
) {
  // An abort reaches the upload through its body alone, so that its parts are gone before it rejects.
  const Body = Readable.from(chunks, { objectMode: true, highWaterMark: 1 });
  const params = { ...input, Body };
  return new Upload({ client, params, partSize: partBytes, queueSize: partsAtOnce }).done();
}
