import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { loadSettings } from "@tintype/config";
import { sharp } from "@tintype/image-core";
import { parsePrefix } from "@tintype/storage";
import { connectS3 } from "@tintype/storage-s3";
import { expect, onTestFinished, test } from "vitest";

import { createRuntime } from "./create-runtime.ts";

/** A service whose files are in a new bucket of the server that `tools/services` started. */
async function serviceOnS3() {
  const {
    TEST_S3_ENDPOINT: endpoint,
    TEST_S3_ACCESS_KEY_ID: accessKeyId,
    TEST_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = process.env;
  if (!endpoint || !accessKeyId || !secretAccessKey)
    throw new Error("There is no S3 server: run this by npm run test:services.");
  const bucket = `direct-${process.pid}-${Date.now()}`;
  const credentials = { accessKeyId, secretAccessKey };
  const { client } = connectS3({ provider: "minio", bucket, endpoint, credentials });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();

  const folder = mkdtempSync(join(tmpdir(), "tintype-direct-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const runtime = await createRuntime(
    loadSettings({
      DATA_DIR: folder,
      STORAGE: "minio",
      S3_BUCKET: bucket,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
    }),
  );
  onTestFinished(async () => runtime.close());
  return runtime;
}

test("a picture goes from its owner straight into the bucket, and is then in the library", async () => {
  const { assets, storage } = await serviceOnS3();
  const library = await assets();
  const create = { width: 300, height: 200, channels: 3, background: "#3366cc" } as const;
  const bytes = new Uint8Array(await sharp({ create }).png().toBuffer());
  const { id, upload } = await library.offerUpload({
    name: "sky.png",
    project: "shop",
    mediaType: "image/png",
    bytes: bytes.length,
  });
  const put = async (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
    const { status } = await fetch(upload.url, { method: upload.method, body, headers });
    return status;
  };

  await expect(library.completeUpload(id)).rejects.toMatchObject({ code: "asset.not_uploaded" });
  // The address is for this file alone: neither for a page, nor for a larger one.
  expect(await put(bytes, { ...upload.headers, "content-type": "text/html" })).toBe(403);
  expect(await put(new Uint8Array(bytes.length + 1), { ...upload.headers })).toBe(403);
  await expect(library.completeUpload(id)).rejects.toMatchObject({ code: "asset.not_uploaded" });

  expect(await put(bytes, { ...upload.headers })).toBe(200);
  const asset = await library.completeUpload(id);
  expect(asset).toMatchObject({ id, name: "sky.png", project: "shop", width: 300, height: 200 });
  expect(await library.completeUpload(id)).toEqual(asset);
  const { body } = await library.open(await library.locate(id));
  expect(new Uint8Array(await new Response(body).arrayBuffer())).toEqual(bytes);

  const keys: string[] = [];
  for await (const { key } of storage.list({ prefix: parsePrefix("") })) keys.push(key);
  expect(keys.filter((key) => key.includes("incoming"))).toEqual([]);
  expect(keys).toHaveLength(2);
});
