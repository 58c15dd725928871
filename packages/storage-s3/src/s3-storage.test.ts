import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { parseKey } from "@tintype/storage";
import { expect, onTestFinished, test } from "vitest";

import { connectS3, createS3Storage, type S3StorageOptions } from "./index.ts";

const key = parseKey("a.png");
const bytes = Buffer.from("a picture");
const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;

interface Received {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** A storage on a server that answers as it is told, and what the server received. */
async function storageOn(
  answer: (response: ServerResponse, count: number, request: Received) => void,
  options: Partial<S3StorageOptions> = {},
) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      const { method = "", headers } = request;
      answer(response, received.push({ method, headers }), { method, headers });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const connection = connectS3({
    provider: "minio",
    bucket: "cars",
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    credentials: { accessKeyId: "id", secretAccessKey: "secret" },
    timeoutMs: 500,
  });
  return { received, storage: createS3Storage({ ...connection, ...options }) };
}

const described = { etag, "content-type": "image/png", "last-modified": new Date(0).toUTCString() };

test("a request is tried again when the service is busy, and not for ever", async () => {
  const { storage, received } = await storageOn((response, count) => {
    response.writeHead(count < 3 ? 503 : 200, { ...described, "content-length": 9 }).end();
  });
  expect(await storage.head(key)).toMatchObject({ bytes: 9 });
  expect(received).toHaveLength(3);

  const busy = await storageOn((response) => response.writeHead(503).end());
  await expect(busy.storage.put(key, bytes)).rejects.toMatchObject({
    kind: "unavailable",
    code: "storage.unavailable",
    retryable: true,
  });
  expect(busy.received).toHaveLength(3);
});

test("a service that says nothing is given up", async () => {
  const { storage } = await storageOn(() => undefined);
  await expect(storage.head(key)).rejects.toMatchObject({ code: "storage.unavailable" });
  expect(await storage.health()).toEqual({
    ok: false,
    message: "The S3 service does not answer: try again.",
  });
});

function answerWrongDigest(response: ServerResponse) {
  const wrong = `"${"0".repeat(32)}"`;
  response.writeHead(200, { ...described, etag: wrong, "content-length": 0 }).end();
}

test("a put whose digest comes back wrong fails, unless ETags are no digests", async () => {
  const { storage, received } = await storageOn(answerWrongDigest);
  await expect(storage.put(key, bytes)).rejects.toMatchObject({ code: "storage.corrupted" });
  expect(received[0]?.headers["content-md5"]).toBe(
    createHash("md5").update(bytes).digest("base64"),
  );
  const opaque = await storageOn(answerWrongDigest, { digests: "opaque" });
  expect(await opaque.storage.put(key, bytes)).toMatchObject({ bytes: 9, etag: "0".repeat(32) });
});

test("an ETag of an object that KMS encrypts is taken for no digest", async () => {
  const { storage } = await storageOn((response) =>
    response
      .writeHead(200, {
        ...described,
        etag: `"${"0".repeat(32)}"`,
        "content-length": 9,
        "x-amz-server-side-encryption": "aws:kms",
      })
      .end("a picture"),
  );
  expect(await (await storage.get(key)).bytes()).toHaveLength(9);
});

test.each([
  ["cut", "storage.truncated", (response: ServerResponse) => response.destroy()],
  ["changed", "storage.corrupted", (response: ServerResponse) => response.end("TURE")],
])("a body that was %s on its way fails at its end", async (_, code, end) => {
  const { storage } = await storageOn((response) => {
    response.writeHead(200, { ...described, "content-length": 9 });
    response.write("a pic", () => end(response));
  });
  const content = await storage.get(key);
  await expect(content.bytes()).rejects.toMatchObject({ code, retryable: true });
});

test.each([
  [{ algorithm: "AES256" } as const, { "x-amz-server-side-encryption": "AES256" }],
  [
    { algorithm: "aws:kms", keyId: "k1" } as const,
    {
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": "k1",
    },
  ],
])("asks for the encryption %j in puts, copies and uploads by others", async (encryption, sent) => {
  const { storage, received } = await storageOn(
    (response, _, { headers }) => {
      const isCopy = headers["x-amz-copy-source"] !== undefined;
      response.writeHead(200, described).end(isCopy ? "<CopyObjectResult/>" : "");
    },
    { encryption },
  );
  await storage.put(key, bytes);
  await storage.copy(key, parseKey("b.png"));
  const puts = received.filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(2);
  for (const { headers } of puts) expect(headers).toMatchObject(sent);
  const upload = { mediaType: "image/png", bytes: 9, expiresInSeconds: 60 };
  expect((await storage.uploadUrl(key, upload)).headers).toEqual({
    "content-type": "image/png",
    ...sent,
  });
});

test("a lasting address leads to the CDN, and cannot name a download", async () => {
  const { storage } = await storageOn(() => undefined, { baseUrl: "https://cdn.example.com/img/" });
  expect(await storage.url(key)).toBe("https://cdn.example.com/img/a.png");
  await expect(storage.url(key, { downloadName: "b.png" })).rejects.toMatchObject({
    kind: "unsupported",
    code: "storage.cannot_sign",
  });
});
