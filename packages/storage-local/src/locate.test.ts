import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseKey, parsePrefix } from "@tintype/storage";
import type { Key } from "@tintype/storage";
import { describe, expect, onTestFinished, test } from "vitest";

import { createLocalStorage } from "./index.ts";

const bytes = Uint8Array.of(1);

/** A root with links that point to a folder and a file beside it, which hold a secret. */
async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), "tintype-attack-"));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const [root, outside] = [join(folder, "root"), join(folder, "root-beside")];
  await mkdir(join(root, "real"), { recursive: true });
  await mkdir(outside);
  await writeFile(join(outside, "secret"), "secret");
  await symlink(outside, join(root, "linked"));
  await symlink("../../root-beside", join(root, "real", "relative"));
  await symlink(join(outside, "secret"), join(root, "file"));
  await symlink(join(outside, "new"), join(root, "dangling"));
  await symlink("loop", join(root, "loop"));
  await symlink(join(root, "real"), join(root, "inside"));
  return { root, outside, storage: createLocalStorage({ root }) };
}

const outsideKeys = [
  "linked/secret",
  "linked/new/a",
  "real/relative/secret",
  "file",
  "dangling",
  "loop",
  "loop/a",
];

describe("a link out of the root", () => {
  test.each(outsideKeys)("is refused at %s for every call", async (text) => {
    const { storage, outside } = await setUp();
    const [key, plain] = [parseKey(text), parseKey("plain")];
    await storage.put(plain, bytes);
    const calls: Promise<unknown>[] = [
      storage.get(key),
      storage.head(key),
      storage.put(key, bytes),
      storage.put(key, bytes, { ifAbsent: true }),
      storage.delete(key),
      storage.copy(key, plain),
      storage.copy(plain, key),
    ];
    for (const result of await Promise.allSettled(calls))
      expect(result).toMatchObject({
        reason: { kind: "forbidden", code: "storage.outside_root", details: { key } },
      });
    expect(await readdir(outside)).toEqual(["secret"]);
    expect(await readFile(join(outside, "secret"), "utf8")).toBe("secret");
  });

  test.each(["linked/", "linked/sec", "real/relative/"])("is refused to list %s", async (text) => {
    const { storage } = await setUp();
    const listing = storage.list({ prefix: parsePrefix(text) })[Symbol.asyncIterator]();
    await expect(listing.next()).rejects.toMatchObject({ code: "storage.outside_root" });
  });

  test("is left out of the list of what is around it", async () => {
    const { storage } = await setUp();
    await storage.put(parseKey("real/a"), bytes);
    const keys: Key[] = [];
    for await (const object of storage.list()) keys.push(object.key);
    expect(keys).toEqual(["real/a"]);
  });
});

test("a link between folders inside the root may be used", async () => {
  const { storage } = await setUp();
  await storage.put(parseKey("inside/a"), bytes);
  expect(await (await storage.get(parseKey("real/a"))).bytes()).toEqual(bytes);
});

test("a root that is itself reached through a link may be used", async () => {
  const { root } = await setUp();
  await symlink(root, `${root}-link`);
  const storage = createLocalStorage({ root: `${root}-link` });
  await storage.put(parseKey("a/b"), bytes);
  expect(await readFile(join(root, "a/b"))).toEqual(Buffer.from(bytes));
});

test("a linked sidecar is not followed", async () => {
  const { storage, root, outside } = await setUp();
  const { etag } = await storage.put(parseKey("a"), bytes, { metadata: { a: "1" } });
  const sidecar = join(root, ".tintype", `a.${etag}.json`);
  await link(sidecar, join(outside, "a.json"));
  await rm(sidecar);
  await symlink(join(outside, "a.json"), sidecar);
  await expect(storage.head(parseKey("a"))).rejects.toMatchObject({ code: "storage.outside_root" });
});

test.each([".tintype/a.json", "a/.tintype/b", ".TINTYPE/a", ".tintype-0000.tmp"])(
  "the storage's own name %s is no key",
  async (text) => {
    const { storage } = await setUp();
    const key = parseKey(text);
    const refusal = { code: "storage.invalid_key", details: { reason: "reserved" } };
    await expect(storage.put(key, bytes)).rejects.toMatchObject(refusal);
    await expect(storage.get(key)).rejects.toMatchObject(refusal);
    await expect(storage.delete(key)).rejects.toMatchObject(refusal);
  },
);
