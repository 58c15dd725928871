import { expect } from "vitest";

import type { ByteRange } from "../byte-range.ts";
import { parseKey } from "../key.ts";
import type { Storage } from "../storage.ts";
import { bytesOf, collect } from "./bodies.ts";

const key = parseKey("a/b.png");
const whole = bytesOf(1000);

async function expectRange(storage: Storage, range: ByteRange, start: number, end: number) {
  await storage.put(key, whole);
  const content = await storage.get(key, { range });
  expect(content.info.bytes).toBe(1000);
  expect(content.range).toEqual({ offset: start, length: end - start });
  expect(await content.bytes()).toEqual(whole.slice(start, end));
}

async function expectRoundTrip(storage: Storage, ...texts: string[]) {
  for (const [seed, text] of texts.entries()) await storage.put(parseKey(text), bytesOf(10, seed));
  for (const [seed, text] of texts.entries()) {
    const content = await storage.get(parseKey(text));
    expect(content.info.key).toBe(text);
    expect(await content.bytes()).toEqual(bytesOf(10, seed));
  }
  const listed = await collect(storage.list());
  expect(listed.map((object) => object.key).toSorted()).toEqual(texts.toSorted());
}

export const readBehaviors = {
  "throws for a missing object, and describes it as undefined": async (storage: Storage) => {
    await expect(storage.get(key)).rejects.toMatchObject({
      kind: "not_found",
      code: "storage.not_found",
      details: { key },
    });
    expect(await storage.head(key)).toBeUndefined();
  },

  "describes an object alike in put, get, head and list": async (storage: Storage) => {
    const stored = await storage.put(key, whole);
    const content = await storage.get(key);
    await content.body.cancel();
    const { bytes, etag, lastModified } = stored;
    expect(etag).toMatch(/^[^"\s]+$/);
    expect(Math.abs(lastModified.getTime() - Date.now())).toBeLessThan(3_600_000);
    expect(content.info).toEqual(stored);
    expect(await storage.head(key)).toEqual(stored);
    const [listed] = await collect(storage.list());
    expect(listed).toMatchObject({ key, bytes, etag, lastModified });
  },

  "keeps the media type, metadata, cache control and content disposition": async (
    storage: Storage,
  ) => {
    const attributes = {
      mediaType: "text/plain; charset=utf-8",
      metadata: { "made-by": "tintype", prompt: "" },
      cacheControl: "public, max-age=31536000, immutable",
      contentDisposition: 'attachment; filename="a b.png"',
    };
    await storage.put(key, whole, attributes);
    expect(await storage.head(key)).toMatchObject(attributes);
  },

  "keeps metadata in any script": async (storage: Storage) => {
    const metadata = { prompt: " Ein Käfer, 甲虫, खटमल 🐞 = 100% ", quote: `"'\\` };
    await storage.put(key, whole, { metadata });
    expect((await storage.head(key))?.metadata).toEqual(metadata);
  },

  "refuses attributes that would break a header": async (storage: Storage) => {
    for (const options of [
      { cacheControl: "no-store\r\nset-cookie: a=b" },
      { contentDisposition: "" },
      { mediaType: "png" },
      { metadata: { "a b": "c" } },
      { metadata: { a: "b\n" } },
      { metadata: { a: "x".repeat(3000) } },
    ])
      await expect(storage.put(key, whole, options)).rejects.toMatchObject({
        kind: "invalid_input",
        code: "storage.invalid_attribute",
      });
    expect(await storage.head(key)).toBeUndefined();
  },

  "reads the first bytes": async (storage: Storage) =>
    expectRange(storage, { offset: 0, length: 10 }, 0, 10),
  "reads bytes in the middle": async (storage: Storage) =>
    expectRange(storage, { offset: 400, length: 200 }, 400, 600),
  "reads from an offset to the end": async (storage: Storage) =>
    expectRange(storage, { offset: 990 }, 990, 1000),
  "reads the last bytes": async (storage: Storage) =>
    expectRange(storage, { suffix: 5 }, 995, 1000),
  "cuts a range at the object's end": async (storage: Storage) =>
    expectRange(storage, { offset: 995, length: 100 }, 995, 1000),
  "reads all for a suffix longer than the object": async (storage: Storage) =>
    expectRange(storage, { suffix: 5000 }, 0, 1000),

  "refuses a range without a byte of the object": async (storage: Storage) => {
    await storage.put(key, whole);
    for (const range of [{ offset: 1000 }, { offset: 0, length: 0 }, { offset: -1 }, { suffix: 0 }])
      await expect(storage.get(key, { range })).rejects.toMatchObject({
        kind: "invalid_input",
        code: "storage.invalid_range",
      });
  },

  "gives one whole body while the object is overwritten": async (storage: Storage) => {
    const [before, after] = [bytesOf(300_000, 1), bytesOf(300_000, 2)];
    await storage.put(key, before);
    const opened = await storage.get(key);
    const overwriting = storage.put(key, after);
    const during = await (await storage.get(key)).bytes();
    await overwriting;
    expect(Buffer.compare(await opened.bytes(), before)).toBe(0);
    expect([before, after].some((body) => Buffer.compare(body, during) === 0)).toBe(true);
  },

  "gives bytes that are the reader's own": async (storage: Storage) => {
    await storage.put(key, whole);
    for (let round = 0; round < 2; round += 1) {
      const bytes = await (await storage.get(key)).bytes();
      expect(bytes).toEqual(whole);
      bytes.fill(0);
    }
  },

  "gives an open body to its end while the object is deleted": async (storage: Storage) => {
    await storage.put(key, whole);
    const opened = await storage.get(key);
    await storage.delete(key);
    expect(await opened.bytes()).toEqual(whole);
  },

  "lets a reader cancel": async (storage: Storage) => {
    await storage.put(key, bytesOf(300_000));
    const { body } = await storage.get(key);
    const reader = body.getReader();
    expect((await reader.read()).done).toBe(false);
    await reader.cancel();
    expect((await reader.read()).done).toBe(true);
  },

  "rejects an aborted get with the signal's reason": async (storage: Storage) => {
    await storage.put(key, whole);
    const reason = new Error("no longer wanted");
    const signal = AbortSignal.abort(reason);
    await expect(storage.get(key, { signal })).rejects.toBe(reason);
  },

  "keeps keys with spaces, plus and percent signs apart": async (storage: Storage) =>
    expectRoundTrip(storage, "a b.png", "a+b.png", "a%20b.png", "a%2Fb.png", "a#b?c&d.png"),

  "keeps keys in any script": async (storage: Storage) =>
    expectRoundTrip(storage, "größe/ü.png", "図/画像.png", "🐞.png", "\uFF5E.png"),
};
