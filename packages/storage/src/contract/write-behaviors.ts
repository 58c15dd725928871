import { expect } from "vitest";

import { parseKey } from "../key.ts";
import type { Storage } from "../storage.ts";
import { bytesOf, collect, failingStream, stalledStream, streamOf } from "./bodies.ts";

const key = parseKey("a/b.png");
const old = bytesOf(1000, 7);

async function read(storage: Storage): Promise<Uint8Array> {
  return (await storage.get(key)).bytes();
}

async function expectOldObjectAlone(storage: Storage): Promise<void> {
  expect(await read(storage)).toEqual(old);
  expect((await collect(storage.list())).map((object) => object.key)).toEqual([key]);
}

export const writeBehaviors = {
  "stores bytes and gives them back": async (storage: Storage) => {
    const stored = await storage.put(key, old);
    expect(stored).toMatchObject({ key, bytes: 1000, mediaType: "image/png", metadata: {} });
    expect(await read(storage)).toEqual(old);
  },

  "stores a stream and gives it back": async (storage: Storage) => {
    expect(await storage.put(key, streamOf(old, 13))).toMatchObject({ bytes: 1000 });
    expect(await read(storage)).toEqual(old);
  },

  "stores an empty body": async (storage: Storage) => {
    expect(await storage.put(key, new Uint8Array())).toMatchObject({ bytes: 0 });
    expect(await read(storage)).toEqual(new Uint8Array());
  },

  "stores an empty stream": async (storage: Storage) => {
    expect(await storage.put(key, streamOf(new Uint8Array()))).toMatchObject({ bytes: 0 });
    expect(await read(storage)).toEqual(new Uint8Array());
  },

  "stores a stream of 5 MB": async (storage: Storage) => {
    const bytes = bytesOf(5_000_000);
    await storage.put(key, streamOf(bytes));
    expect(Buffer.compare(await read(storage), bytes)).toBe(0);
  },

  "keeps its own copy of the bytes": async (storage: Storage) => {
    const bytes = old.slice();
    await storage.put(key, bytes);
    bytes.fill(0);
    expect(await read(storage)).toEqual(old);
  },

  "replaces an object and all its attributes": async (storage: Storage) => {
    const first = await storage.put(key, old, { metadata: { a: "1" }, cacheControl: "no-store" });
    const second = await storage.put(key, bytesOf(1000, 9));
    expect(second.etag).not.toBe(first.etag);
    expect(await read(storage)).toEqual(bytesOf(1000, 9));
    expect(await storage.head(key)).toEqual(second);
    expect(second).not.toHaveProperty("cacheControl");
    expect(second.metadata).toEqual({});
  },

  "lets exactly one of eight writers with ifAbsent win": async (storage: Storage) => {
    const bodies = Array.from({ length: 8 }, (_, seed) => bytesOf(1000, seed));
    const results = await Promise.allSettled(
      bodies.map(async (body) => storage.put(key, body, { ifAbsent: true })),
    );
    const winners = bodies.filter((_, index) => results[index]?.status === "fulfilled");
    expect(winners).toEqual([await read(storage)]);
    for (const result of results) {
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ code: "storage.already_exists" });
    }
  },

  "refuses ifAbsent for a taken key and leaves its object": async (storage: Storage) => {
    const first = await storage.put(key, old, { metadata: { a: "1" } });
    await expect(
      storage.put(key, bytesOf(5), { ifAbsent: true, metadata: { a: "2" } }),
    ).rejects.toMatchObject({ code: "storage.already_exists" });
    expect(await storage.head(key)).toEqual(first);
    await expectOldObjectAlone(storage);
  },

  "leaves the old object and no litter when a body fails midway": async (storage: Storage) => {
    await storage.put(key, old);
    const reason = new Error("the sender hung up");
    const other = parseKey("c/d/e.png");
    await expect(storage.put(key, failingStream(bytesOf(500), reason))).rejects.toBe(reason);
    await expect(storage.put(other, failingStream(bytesOf(500), reason))).rejects.toBe(reason);
    await expectOldObjectAlone(storage);
  },

  "leaves the old object and no litter when a put is aborted": async (storage: Storage) => {
    await storage.put(key, old);
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const body = stalledStream(bytesOf(500), () => controller.abort(reason));
    await expect(storage.put(key, body, { signal: controller.signal })).rejects.toBe(reason);
    await expectOldObjectAlone(storage);
  },

  "cancels the body of a put that is refused": async (storage: Storage) => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(storage.put(key, body, { mediaType: "png" })).rejects.toMatchObject({
      code: "storage.invalid_attribute",
    });
    expect(cancelled).toBe(true);
  },

  "ends concurrent overwrites in one whole body": async (storage: Storage) => {
    const bodies = Array.from({ length: 8 }, (_, seed) => bytesOf(100_000 + seed, seed));
    await Promise.all(bodies.map(async (body) => storage.put(key, streamOf(body, 10_000))));
    expect(bodies).toContainEqual(await read(storage));
  },

  "keeps the attributes of the object that concurrent overwrites end in": async (
    storage: Storage,
  ) => {
    await Promise.all(
      Array.from({ length: 8 }, async (_, seed) =>
        storage.put(key, bytesOf(10, seed), { metadata: { seed: String(seed) } }),
      ),
    );
    const content = await storage.get(key);
    const seed = Number(content.info.metadata["seed"]);
    expect(await content.bytes()).toEqual(bytesOf(10, seed));
  },

  "deletes an object, and one that is not there": async (storage: Storage) => {
    await storage.put(key, old, { metadata: { a: "1" } });
    await storage.delete(key);
    await storage.delete(key);
    expect(await storage.head(key)).toBeUndefined();
    await expect(storage.get(key)).rejects.toMatchObject({ code: "storage.not_found" });
    expect((await storage.put(key, old)).metadata).toEqual({});
  },

  "copies bytes and attributes, over another object too": async (storage: Storage) => {
    const from = parseKey("from.bin");
    const attributes = {
      mediaType: "image/webp",
      metadata: { note: "ok" },
      cacheControl: "public, max-age=60",
      contentDisposition: "inline",
    };
    await storage.put(from, bytesOf(20), attributes);
    await storage.put(key, old, { metadata: { other: "x" } });
    const copied = await storage.copy(from, key);
    expect(copied).toMatchObject({ key, bytes: 20, ...attributes });
    expect(copied.metadata).toEqual(attributes.metadata);
    expect(await storage.head(key)).toEqual(copied);
    expect(await read(storage)).toEqual(bytesOf(20));
    expect(await storage.head(from)).toMatchObject(attributes);
  },

  "copies an object onto itself": async (storage: Storage) => {
    await storage.put(key, old, { metadata: { a: "1" } });
    expect(await storage.copy(key, key)).toMatchObject({ bytes: 1000, metadata: { a: "1" } });
    await expectOldObjectAlone(storage);
  },

  "refuses to copy what is not there": async (storage: Storage) => {
    await expect(storage.copy(parseKey("missing"), key)).rejects.toMatchObject({
      kind: "not_found",
      code: "storage.not_found",
    });
    expect(await storage.head(key)).toBeUndefined();
  },
};
