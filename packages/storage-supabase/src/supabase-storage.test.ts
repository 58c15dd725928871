import { StorageClient } from "@supabase/storage-js";
import { parseKey } from "@tintype/storage";
import { storageContract } from "@tintype/storage/testing";
import { describe, expect, onTestFinished, test } from "vitest";

import { createSupabaseStorage } from "./index.ts";
import { SupabaseServer } from "./testing/supabase-server.ts";

const key = parseKey("a/b.png");
const bytes = Buffer.from("a picture");

async function setUp(options: { readonly key?: string; readonly bucket?: string } = {}) {
  const server = await SupabaseServer.start();
  onTestFinished(async () => server[Symbol.asyncDispose]());
  const authorization = `Bearer ${options.key ?? server.key}`;
  const client = new StorageClient(server.url, { apikey: server.key, authorization });
  const storage = createSupabaseStorage({ client, bucket: options.bucket ?? "cars" });
  return { server, storage };
}

storageContract("supabase", {
  create: async () => (await setUp()).storage,
  cannot: {
    "gives an address that holds the escaped key":
      "Supabase takes few characters in names, so that others stand there as =C3",
    "gives an address that expires": "its address holds the name as above; tested below",
    "gives an address for one upload, which expires": "the same",
  },
});

describe("an address", () => {
  test("leads everyone to an object of a public bucket, also as a download", async () => {
    const { server, storage } = await setUp();
    expect(await storage.url(key)).toBe(`${server.url}/object/public/cars/a/b.png`);
    expect(await storage.url(key, { downloadName: "ä.png" })).toBe(
      `${server.url}/object/public/cars/a/b.png?download=%C3%A4.png`,
    );
    expect(await storage.url(parseKey("größe.png"))).toBe(
      `${server.url}/object/public/cars/gr=C3=B6=C3=9Fe.png`,
    );
  });

  test("that expires opens its object, whatever its key, and none that is not there", async () => {
    const { storage } = await setUp();
    for (const name of ["a b.png", "größe 50%+#?&%2F.png"]) {
      await storage.put(parseKey(name), bytes);
      const url = await storage.url(parseKey(name), { expiresInSeconds: 60 });
      expect(await (await fetch(url)).text()).toBe("a picture");
    }
    await expect(storage.url(key, { expiresInSeconds: 60 })).rejects.toMatchObject({
      code: "storage.not_found",
    });
  });

  test("for an upload takes an object, with the headers that go with it", async () => {
    const { storage } = await setUp();
    const upload = { mediaType: "image/png", bytes: 9, expiresInSeconds: 60 };
    const { method, url, headers } = await storage.uploadUrl(key, upload);
    expect((await fetch(url, { method, headers, body: bytes })).status).toBe(200);
    expect(await storage.head(key)).toMatchObject({
      bytes: 9,
      mediaType: "image/png",
      metadata: {},
    });
  });
});

test("names that are no keys of ours are left out of a listing", async () => {
  const { server, storage } = await setUp();
  await storage.put(key, bytes);
  const [object] = [...server.objects.values()];
  if (object === undefined) throw new Error("Nothing was stored.");
  for (const name of ["a/=zz", "x/=2E=2E/up", "a/plain (1).png"]) server.objects.set(name, object);
  const keys = [];
  for await (const { key: listed } of storage.list()) keys.push(listed);
  expect(keys).toEqual([key]);
});

test("an object that is overwritten while it is opened comes whole, in its newer version", async () => {
  const { server, storage } = await setUp();
  await storage.put(key, bytes);
  let isFirst = true;
  server.intercept = (method, path) => {
    const object = server.objects.get(key);
    if (method === "GET" && path.startsWith("/object/sign/") && isFirst && object) {
      isFirst = false;
      server.objects.set(key, { ...object, bytes: Buffer.from("newer"), eTag: '"newer"' });
    }
    return undefined;
  };
  const content = await storage.get(key);
  expect(content.info).toMatchObject({ bytes: 5, etag: "newer" });
  expect(Buffer.from(await content.bytes()).toString()).toBe("newer");
});

describe("a failure is told apart:", () => {
  test.each([
    [401, "storage.not_allowed", "configuration"],
    [403, "storage.not_allowed", "configuration"],
    [413, "storage.too_large", "limit_exceeded"],
    [422, "storage.refused", "upstream"],
    [429, "storage.unavailable", "unavailable"],
    [503, "storage.unavailable", "unavailable"],
  ])("%i is %s", async (status, code, kind) => {
    const { server, storage } = await setUp();
    const body = { statusCode: String(status), error: "Failure", message: "It failed." };
    server.intercept = () => [400, body];
    await expect(storage.put(key, bytes)).rejects.toMatchObject({ code, kind });
    await expect(storage.head(key)).rejects.toMatchObject({ code, kind });
    expect(await storage.health()).toMatchObject({ ok: false });
  });

  test("a wrong key, no bucket, no server", async () => {
    const wrong = await setUp({ key: "wrong" });
    await expect(wrong.storage.head(key)).rejects.toMatchObject({ code: "storage.not_allowed" });
    const { storage } = await setUp({ bucket: "none" });
    expect(await storage.health()).toEqual({
      ok: false,
      message: "The bucket does not exist: make it, or name another.",
    });
    const { server, storage: left } = await setUp();
    server.intercept = () => {
      throw new Error("cut");
    };
    await expect(left.put(key, bytes)).rejects.toMatchObject({ code: "storage.unavailable" });
  });
});
