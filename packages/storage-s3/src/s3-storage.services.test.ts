import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { parseKey } from "@tintype/storage";
import { storageContract } from "@tintype/storage/testing";
import { describe, expect, test } from "vitest";

import { connectS3, createS3Storage, type S3StorageOptions } from "./index.ts";

const key = parseKey("a/größe 50%.png");
const small = Buffer.from("a picture");
const large = Buffer.alloc(12_000_000, "0123456789abcdef!");
let count = 0;

function streamOf(bytes: Uint8Array, end: () => void = () => undefined) {
  let offset = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset < bytes.length)
        return controller.enqueue(bytes.subarray(offset, (offset += 100_000)));
      end();
      controller.close();
    },
  });
}

/** A bucket of its own on the server that `tools/services` started. */
async function createBucket(changes: Partial<S3StorageOptions> = {}) {
  const { TEST_S3_ENDPOINT, TEST_S3_ACCESS_KEY_ID, TEST_S3_SECRET_ACCESS_KEY } = process.env;
  if (!TEST_S3_ENDPOINT || !TEST_S3_ACCESS_KEY_ID || !TEST_S3_SECRET_ACCESS_KEY)
    throw new Error("There is no S3 server: run this by npm run test:services.");
  const bucket = `test-${String(process.pid)}-${String((count += 1))}`;
  const credentials = {
    accessKeyId: TEST_S3_ACCESS_KEY_ID,
    secretAccessKey: TEST_S3_SECRET_ACCESS_KEY,
  };
  const connection = {
    provider: "minio",
    bucket,
    endpoint: TEST_S3_ENDPOINT,
    credentials,
  } as const;
  const options = { ...connectS3(connection), ...changes };
  await options.client.send(new CreateBucketCommand({ Bucket: bucket }));
  const { client } = options;
  return { connection, client, bucket, storage: createS3Storage(options) };
}

storageContract("s3", { create: async () => (await createBucket()).storage });

test("a service without conditional writes is looked at first", async () => {
  const { storage } = await createBucket({ conditionalWrites: false });
  await storage.put(key, small, { ifAbsent: true });
  await expect(storage.put(key, small, { ifAbsent: true })).rejects.toMatchObject({
    code: "storage.already_exists",
  });
});

describe("a stream of several parts", () => {
  test("comes back as it was, with attributes and the size of the whole", async () => {
    const { storage } = await createBucket();
    const options = { metadata: { prompt: "käfer" }, cacheControl: "no-store" };
    const stored = await storage.put(key, streamOf(large), options);
    expect(stored).toMatchObject({ bytes: large.length, ...options });
    expect(stored.etag).toMatch(/^[0-9a-f]{32}-3$/);
    const content = await storage.get(key);
    expect(content.info).toEqual(stored);
    expect(Buffer.compare(await content.bytes(), large)).toBe(0);
    const across = await storage.get(key, { range: { offset: 5_242_870, length: 20 } });
    expect(Buffer.from(await across.bytes())).toEqual(large.subarray(5_242_870, 5_242_890));
  });

  test("leaves no parts and the old object when its source fails, or when it is aborted", async () => {
    const { storage, client, bucket } = await createBucket();
    await storage.put(key, small);
    const reason = new Error("the sender hung up");
    const failing = streamOf(large, () => {
      throw reason;
    });
    await expect(storage.put(key, failing)).rejects.toBe(reason);
    const controller = new AbortController();
    const aborting = streamOf(large, () => controller.abort(reason));
    const { signal } = controller;
    await expect(storage.put(key, aborting, { signal })).rejects.toBe(reason);
    const list = new ListMultipartUploadsCommand({ Bucket: bucket });
    expect((await client.send(list)).Uploads ?? []).toEqual([]);
    expect(Buffer.from(await (await storage.get(key)).bytes())).toEqual(small);
  });
});

describe("an address", () => {
  test("that expires opens its object for everyone, as a download of a name, until it ends", async () => {
    const { storage } = await createBucket();
    await storage.put(key, small);
    const options = { expiresInSeconds: 60, downloadName: "ä b.png" };
    const response = await fetch(await storage.url(key, options));
    expect(await response.text()).toBe("a picture");
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''%C3%A4%20b.png",
    );
    const brief = await storage.url(key, { expiresInSeconds: 1 });
    await sleep(2100);
    expect((await fetch(brief)).status).toBe(403);
  });

  test("of another object is not opened by a signature", async () => {
    const { storage } = await createBucket();
    await storage.put(parseKey("a.png"), small);
    await storage.put(parseKey("b.png"), small);
    const url = await storage.url(parseKey("a.png"), { expiresInSeconds: 60 });
    expect((await fetch(url.replace("a.png", "b.png"))).status).toBe(403);
    expect((await fetch(await storage.url(parseKey("a.png")))).status).toBe(403);
  });

  test("for an upload takes the type and the size it was made for, and no other", async () => {
    const { storage } = await createBucket();
    const upload = { mediaType: "image/png", bytes: small.length, expiresInSeconds: 60 };
    const { method, url, headers } = await storage.uploadUrl(key, upload);
    const send = async (body: Uint8Array<ArrayBuffer>, type = "image/png") =>
      (await fetch(url, { method, body, headers: { ...headers, "content-type": type } })).status;
    expect(await send(small, "text/html")).toBe(403);
    expect(await send(Buffer.from("something longer"))).toBe(403);
    expect(await storage.head(key)).toBeUndefined();
    expect(await send(small)).toBe(200);
    expect(await storage.head(key)).toMatchObject({ bytes: 9, mediaType: "image/png" });
  });
});

test("bytes are sent with their MD5, which the service compares", async () => {
  const { client, bucket } = await createBucket();
  const ContentMD5 = createHash("md5").update("other bytes").digest("base64");
  const wrong = new PutObjectCommand({ Bucket: bucket, Key: "a", Body: small, ContentMD5 });
  await expect(client.send(wrong)).rejects.toMatchObject({ name: "BadDigest" });
});

test("attributes that others wrote are read, and ours can be read by others", async () => {
  const { storage, client, bucket } = await createBucket();
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: "a.png",
      Body: small,
      Metadata: { by: "UTF-8''%" },
    }),
  );
  expect(await storage.head(parseKey("a.png"))).toMatchObject({
    mediaType: expect.stringContaining("/") as string,
    metadata: { by: "UTF-8''%" },
  });
  await storage.put(key, small, { metadata: { by: "tintype" } });
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  expect(head).toMatchObject({ Metadata: { by: "tintype" }, ContentType: "image/png" });
});

test("names that are no keys are left out of a listing", async () => {
  const { storage, client, bucket } = await createBucket();
  for (const Key of ["folder/", "a//b", "../up", "a.png"])
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: small }));
  const keys = [];
  for await (const object of storage.list()) keys.push(object.key);
  expect(keys).toEqual(["a.png"]);
});

test("asks the service to encrypt", async () => {
  const { storage } = await createBucket({ encryption: { algorithm: "AES256" } });
  await storage.put(key, small);
  expect(await (await storage.get(key)).bytes()).toHaveLength(9);
});

describe("a service that cannot be used is told apart:", () => {
  test("wrong credentials", async () => {
    const { connection } = await createBucket();
    const credentials = { ...connection.credentials, secretAccessKey: "wrong" };
    const storage = createS3Storage(connectS3({ ...connection, credentials }));
    const expected = { kind: "configuration", code: "storage.not_allowed" };
    await expect(storage.put(key, small)).rejects.toMatchObject(expected);
    await expect(storage.head(key)).rejects.toMatchObject(expected);
    expect(await storage.health()).toMatchObject({ ok: false });
  });

  test("no bucket", async () => {
    const { connection } = await createBucket();
    const storage = createS3Storage(connectS3({ ...connection, bucket: "there-is-none" }));
    await expect(storage.put(key, small)).rejects.toMatchObject({ code: "storage.no_bucket" });
    expect(await storage.health()).toEqual({
      ok: false,
      message: "The bucket does not exist: make it, or name another.",
    });
  });
});
