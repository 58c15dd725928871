import { createMemoryStorage, parseKey } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { sampleGeneration } from "./generation/generation-services.ts";
import type { GuardedFetch } from "./guarded-fetch/create-guarded-fetch.ts";
import { readSource } from "./read-source.ts";
import { builtInRegistries } from "./registries.ts";
import { parseReference } from "./source.ts";

const bytes = Buffer.from("a picture");
const fetch: GuardedFetch = async (url) => ({ bytes, mediaType: "image/png", url });

async function services(given: { maxBytes?: number; fetch?: GuardedFetch } = {}) {
  const storage = createMemoryStorage();
  await storage.put(parseKey("uploads/cat.png"), bytes);
  return {
    storage,
    fetch: given.fetch ?? fetch,
    openBucket: async (bucket: string) =>
      bucket === "originals" ? storage : createMemoryStorage(),
    limits: { maxBytes: given.maxBytes ?? 100 },
    generation: sampleGeneration,
    registries: builtInRegistries,
  };
}

describe("a source", () => {
  test.each([
    ["bytes", { kind: "bytes", data: bytes }],
    ["base64", { kind: "bytes", data: bytes.toString("base64") }],
    ["a data URL", { kind: "bytes", data: `data:image/png;base64,${bytes.toString("base64")}` }],
    ["an address", { kind: "url", url: "https://a.example/cat.png" }],
    ["a stored object", { kind: "stored", key: "uploads/cat.png" }],
    ["an object in a bucket", { kind: "s3", url: "s3://originals/uploads/cat.png" }],
  ] as const)("is read from %s", async (_, source) => {
    const read = await readSource(source, await services());
    expect(Buffer.from(read.bytes)).toEqual(bytes);
  });

  test("from the web goes through the fetch that was given, with the signal, and keeps its error", async () => {
    const calls: unknown[] = [];
    const failure = new Error("as the fetch says");
    const failing: GuardedFetch = (...call) => {
      calls.push(call);
      return Promise.reject(failure);
    };
    const { signal } = new AbortController();
    const source = { kind: "url", url: "https://a.example/" } as const;
    await expect(readSource(source, await services({ fetch: failing }), signal)).rejects.toBe(
      failure,
    );
    expect(calls).toEqual([["https://a.example/", { signal }]]);
  });

  test("that is stored and too large is refused before it is read", async () => {
    const given = await services({ maxBytes: 8 });
    let cancels = 0;
    const cancel = async () => {
      cancels += 1;
    };
    const storage = {
      ...given.storage,
      async get(...call: Parameters<typeof given.storage.get>) {
        const content = await given.storage.get(...call);
        return { ...content, body: new ReadableStream<Uint8Array>({ cancel }) };
      },
    };
    const source = { kind: "stored", key: "uploads/cat.png" } as const;
    await expect(readSource(source, { ...given, storage })).rejects.toMatchObject({
      kind: "limit_exceeded",
      code: "image.too_many_bytes",
      details: { key: "uploads/cat.png", bytes: 9, maxBytes: 8 },
    });
    expect(cancels).toBe(1);
  });

  test.each([
    ["uploads/dog.png", "storage.not_found"],
    ["../etc/passwd", "storage.invalid_key"],
  ])("stored under %s fails with %s", async (key, code) => {
    await expect(readSource({ kind: "stored", key }, await services())).rejects.toMatchObject({
      code,
    });
  });
});

describe("a reference", () => {
  test.each([
    ["https://a.example/logo.png", { kind: "url", url: "https://a.example/logo.png" }],
    ["HTTP://a.example/", { kind: "url", url: "HTTP://a.example/" }],
    ["data:;base64,AAAA", { kind: "bytes", data: "data:;base64,AAAA" }],
    ["logos/a.png", { kind: "stored", key: "logos/a.png" }],
    ["https-is-fine.png", { kind: "stored", key: "https-is-fine.png" }],
  ])("to %s is %j", (reference, source) => {
    expect(parseReference(reference)).toEqual(source);
  });

  test.each(["file:///etc/passwd", "/etc/passwd", "../a", ""])("to %j is refused", (reference) => {
    expect(() => parseReference(reference)).toThrow(
      expect.objectContaining({ code: "storage.invalid_key" }),
    );
  });
});
