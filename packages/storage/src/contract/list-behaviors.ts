import { expect } from "vitest";

import { compareKeys, parseKey, parsePrefix } from "../key.ts";
import type { Storage } from "../storage.ts";
import { bytesOf, collect } from "./bodies.ts";

async function putAll(storage: Storage, texts: readonly string[]): Promise<void> {
  const left = [...texts];
  const work = async (): Promise<void> => {
    for (let text = left.pop(); text !== undefined; text = left.pop())
      await storage.put(parseKey(text), bytesOf(1));
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

async function keysOf(storage: Storage, prefix = ""): Promise<string[]> {
  const objects = await collect(storage.list({ prefix: parsePrefix(prefix) }));
  return objects.map((object) => object.key);
}

export const listBehaviors = {
  "lists nothing in an empty storage and under a prefix without keys": async (storage: Storage) => {
    expect(await keysOf(storage)).toEqual([]);
    await putAll(storage, ["a/b"]);
    expect(await keysOf(storage, "b/")).toEqual([]);
    expect(await keysOf(storage, "a/b/c/")).toEqual([]);
  },

  "takes a prefix as the start of a key, not as a folder": async (storage: Storage) => {
    await putAll(storage, ["a/b", "a/bc", "a/b-d/e", "a/c", "ab"]);
    expect(await keysOf(storage, "a/b")).toEqual(["a/b", "a/b-d/e", "a/bc"]);
    expect(await keysOf(storage, "a/")).toEqual(["a/b", "a/b-d/e", "a/bc", "a/c"]);
    expect(await keysOf(storage, "a")).toEqual(["a/b", "a/b-d/e", "a/bc", "a/c", "ab"]);
  },

  "lists keys in the order of their bytes": async (storage: Storage) => {
    const keys = ["a-b", "a.txt", "a/b", "a0", "B", "a/é", "a/z", "\uFF5E", "🐞"];
    await putAll(storage, keys);
    expect(await keysOf(storage)).toEqual(keys.toSorted(compareKeys));
  },

  "lists more than 1,000 keys in order": async (storage: Storage) => {
    const keys = Array.from(
      { length: 1100 },
      (_, index) => `${String(index % 7)}/${String(index)}`,
    );
    await putAll(storage, keys);
    expect(await keysOf(storage)).toEqual(keys.toSorted(compareKeys));
  },

  "lets a listing end early, and rejects it when aborted": async (storage: Storage) => {
    await putAll(storage, ["a", "b", "c"]);
    for await (const object of storage.list()) {
      expect(object.key).toBe("a");
      break;
    }
    const reason = new Error("no longer wanted");
    const listing = collect(storage.list({ signal: AbortSignal.abort(reason) }));
    await expect(listing).rejects.toBe(reason);
  },
};
