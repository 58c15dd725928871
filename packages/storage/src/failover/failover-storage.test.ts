import { setTimeout as sleep } from "node:timers/promises";

import { TintypeError } from "@tintype/errors";
import { describe, expect, test } from "vitest";

import { streamOf } from "../contract/bodies.ts";
import {
  createFailoverStorage,
  createMemoryStorage,
  createUrlSigner,
  parseKey,
  type Storage,
} from "../index.ts";
import { storageContract } from "../testing.ts";

const signer = createUrlSigner({ secrets: ["a secret of tests alone"] });
const [key, other] = [parseKey("a.png"), parseKey("b.png")];
const [one, two] = [Buffer.from("one"), Buffer.from("two")];

for (const mode of ["fallback", "mirror"] as const)
  storageContract(`failover by ${mode}`, {
    create: () =>
      createFailoverStorage({
        primary: createMemoryStorage({ signer }),
        secondary: createMemoryStorage({ signer }),
        mode,
      }),
  });

/** A storage in memory that can be switched off; it counts what it is asked. */
function createSwitchable(baseUrl: string) {
  const outage = new TintypeError({
    kind: "unavailable",
    code: "storage.unavailable",
    message: `${baseUrl} does not answer.`,
    retryable: true,
  });
  const memory = createMemoryStorage({ baseUrl, signer });
  const control = { isOff: false, asked: 0 };
  const storage = Object.fromEntries(
    Object.entries(memory).map(([name, call]) => [
      name,
      (...words: readonly unknown[]) => {
        control.asked += 1;
        if (control.isOff && name === "health") return { ok: false, message: outage.message };
        if (control.isOff && name === "list") return failingList(outage);
        if (control.isOff && name !== "url") return Promise.reject(outage);
        return (call as (...words: readonly unknown[]) => unknown)(...words);
      },
    ]),
  ) as unknown as Storage;
  return { storage, memory, control, outage };
}

function failingList(failure: Error): AsyncIterable<never> {
  const next = async (): Promise<never> => {
    throw failure;
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

function setUp(mode?: "mirror", pauseMs = 0) {
  const [first, second] = [
    createSwitchable("https://1.example"),
    createSwitchable("https://2.example"),
  ];
  const pair = { primary: first.storage, secondary: second.storage };
  const storage = createFailoverStorage({ ...pair, mode, pauseMs });
  // Another process over the same two storages.
  const stranger = createFailoverStorage({ ...pair, mode, pauseMs });
  return { first, second, storage, stranger };
}

/** Versions are told apart by their times. */
async function nextMoment(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await sleep(1);
}

async function textOf(storage: Storage, at = key): Promise<string> {
  return Buffer.from(await (await storage.get(at)).bytes()).toString();
}

async function keysOf(storage: Storage): Promise<string[]> {
  const keys = [];
  for await (const object of storage.list()) keys.push(object.key);
  return keys;
}

describe("a storage with one to fall back on", () => {
  test("uses the first alone while it works", async () => {
    const { first, second, storage } = setUp();
    await storage.put(key, one);
    expect(await keysOf(first.memory)).toEqual([key]);
    expect(await keysOf(second.memory)).toEqual([]);
    expect(await storage.url(key)).toBe("https://1.example/a.png");
  });

  test("takes writes while the first is out, and brings them home with their attributes", async () => {
    const { first, second, storage, stranger } = setUp();
    first.control.isOff = true;
    const attributes = { metadata: { by: "me" }, cacheControl: "no-store" };
    const stored = await storage.put(key, streamOf(one), attributes);
    expect(stored).toMatchObject(attributes);
    expect(stored.metadata).toEqual({ by: "me" });
    expect(await storage.head(key)).toEqual(stored);
    expect(await textOf(stranger)).toBe("one");
    expect(await storage.url(key)).toBe("https://2.example/a.png");
    expect(storage.state()).toMatchObject({ away: 1 });

    first.control.isOff = false;
    expect(await textOf(stranger)).toBe("one");
    expect(await stranger.reconcile()).toEqual({ broughtHome: 1, mirrored: 0 });
    expect(await first.memory.head(key)).toMatchObject({ bytes: 3, ...attributes });
    expect((await first.memory.head(key))?.metadata).toEqual({ by: "me" });
    expect(await keysOf(second.memory)).toEqual([]);
    expect(await storage.reconcile()).toEqual({ broughtHome: 0, mirrored: 0 });
  });

  test("gives the newer version of an object that was overwritten in an outage, and keeps it", async () => {
    const { first, storage } = setUp();
    await storage.put(key, one);
    first.control.isOff = true;
    await storage.put(key, two);
    first.control.isOff = false;
    expect(await textOf(storage)).toBe("two");
    expect(await keysOf(storage)).toEqual([key]);
    await storage.reconcile();
    expect(await textOf(first.memory)).toBe("two");
    expect(storage.state()).toEqual({ primary: "up", away: 0 });
  });

  test("does not bring home over what was written there since", async () => {
    const { first, second, storage, stranger } = setUp();
    first.control.isOff = true;
    await storage.put(key, one);
    first.control.isOff = false;
    await nextMoment();
    await stranger.put(key, two);
    await stranger.reconcile();
    expect(await textOf(first.memory)).toBe("two");
    expect(await keysOf(second.memory)).toEqual([]);
  });

  test("writes a stream whole although the first failed in the middle of it", async () => {
    const { first, storage } = setUp();
    Object.assign(first.storage, {
      put: async (...[at, body]: Parameters<Storage["put"]>) => {
        const reader = (body as ReadableStream<Uint8Array>).getReader();
        await reader.read();
        await reader.cancel();
        await first.memory.put(at, one);
        throw first.outage;
      },
    });
    const bytes = Buffer.alloc(300_000, "0123456789");
    expect(await storage.put(other, streamOf(bytes))).toMatchObject({ bytes: 300_000 });
    expect(await textOf(storage, other)).toBe(bytes.toString());
  });

  test("passes refusals on, which the second would only repeat", async () => {
    const { second, storage } = setUp();
    await storage.put(key, one);
    await expect(storage.put(key, two, { ifAbsent: true })).rejects.toMatchObject({
      code: "storage.already_exists",
    });
    await expect(storage.get(key, { range: { offset: 9 } })).rejects.toMatchObject({
      code: "storage.invalid_range",
    });
    expect(await keysOf(second.memory)).toEqual([]);
  });

  test("says that the first is out where only it could know, and deletes nothing", async () => {
    const { first, storage } = setUp();
    await storage.put(key, one);
    first.control.isOff = true;
    await expect(storage.get(key)).rejects.toBe(first.outage);
    await expect(storage.head(key)).rejects.toBe(first.outage);
    await expect(storage.delete(key)).rejects.toBe(first.outage);
    await expect(keysOf(storage)).rejects.toBe(first.outage);
    first.control.isOff = false;
    expect(await textOf(storage)).toBe("one");
  });

  test("works without the second, and fails without both", async () => {
    const { first, second, storage } = setUp();
    second.control.isOff = true;
    await storage.put(key, one, { ifAbsent: true });
    expect(await textOf(storage)).toBe("one");
    expect(await storage.head(other)).toBeUndefined();
    expect(await keysOf(storage)).toEqual([key]);
    first.control.isOff = true;
    await expect(storage.put(key, two)).rejects.toBe(first.outage);
  });

  test("leaves a storage that failed alone for a while", async () => {
    const { first, storage } = setUp(undefined, 60_000);
    first.control.isOff = true;
    await storage.put(key, one);
    const { asked } = first.control;
    await storage.put(other, one);
    expect(first.control.asked).toBe(asked);
    expect(storage.state()).toEqual({ primary: "down", away: 2 });
  });

  test("tells in its health what works and what has to come home", async () => {
    const { first, second, storage } = setUp();
    expect(await storage.health()).toEqual({ ok: true });
    first.control.isOff = true;
    await storage.put(key, one);
    expect(await storage.health()).toEqual({
      ok: true,
      message: "The secondary storage stands in for the first: https://1.example does not answer.",
    });
    second.control.isOff = true;
    expect(await storage.health()).toMatchObject({ ok: false });
    first.control.isOff = false;
    expect(await storage.health()).toMatchObject({
      ok: true,
      message: expect.stringContaining("no second storage") as string,
    });
    second.control.isOff = false;
    expect(await storage.health()).toEqual({
      ok: true,
      message: "Objects in the secondary storage that are to come home: 1.",
    });
  });
});

describe("a storage with a mirror", () => {
  test("holds everything twice, and needs only one of both to read and list", async () => {
    const { first, second, storage } = setUp("mirror");
    await storage.put(key, streamOf(one), { metadata: { by: "me" } });
    expect(await textOf(second.memory)).toBe("one");
    first.control.isOff = true;
    expect(await textOf(storage)).toBe("one");
    expect(await keysOf(storage)).toEqual([key]);
    await expect(storage.put(key, two, { ifAbsent: true })).rejects.toMatchObject({
      code: "storage.already_exists",
    });
  });

  test.each(["first", "second"] as const)("catches up when the %s was out", async (which) => {
    const { [which]: out, first, second, storage, stranger } = setUp("mirror");
    await storage.put(key, one);
    await nextMoment();
    out.control.isOff = true;
    await storage.put(key, two);
    await storage.put(other, two, { metadata: { by: "me" } });
    out.control.isOff = false;
    await stranger.reconcile();
    for (const { memory } of [first, second]) {
      expect(await textOf(memory)).toBe("two");
      expect(await memory.head(other)).toMatchObject({ bytes: 3 });
      expect((await memory.head(other))?.metadata).toEqual({ by: "me" });
    }
    expect(await stranger.reconcile()).toEqual({ broughtHome: 0, mirrored: 0 });
  });

  test("deletes from both", async () => {
    const { first, second, storage } = setUp("mirror");
    await storage.put(key, one);
    await storage.delete(key);
    expect([...(await keysOf(first.memory)), ...(await keysOf(second.memory))]).toEqual([]);
  });
});
