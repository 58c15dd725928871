import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { createUrlSigner, parseKey, parsePrefix } from "@tintype/storage";
import type { ListedObject } from "@tintype/storage";
import { storageContract } from "@tintype/storage/testing";
import { describe, expect, onTestFinished, test } from "vitest";

import { createLocalStorage } from "./index.ts";

const signer = createUrlSigner({ secrets: ["a secret of tests alone"] });
const bytes = Uint8Array.of(1, 2, 3);
const key = parseKey("a/b.png");

async function createRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "tintype-local-"));
  onTestFinished(async () => rm(root, { recursive: true }));
  return root;
}

async function setUp() {
  const root = await createRoot();
  const files = async () =>
    (await readdir(root, { recursive: true })).map(String).toSorted((a, b) => (a < b ? -1 : 1));
  return { root, files, storage: createLocalStorage({ root }) };
}

type Finish = (
  reader: ReadableStreamDefaultReader<Uint8Array>,
  controller: AbortController,
) => Promise<void>;

const endings: Record<string, Finish> = {
  cancelled: async (reader) => reader.cancel(),
  "read to its end": async (reader) => {
    while (!(await reader.read()).done);
  },
  aborted: async (reader, controller) => {
    controller.abort();
    await expect(reader.read()).rejects.toThrow("aborted");
  },
};

storageContract("local", {
  create: async () =>
    createLocalStorage({ root: await createRoot(), baseUrl: "https://cdn.example.com", signer }),
});

describe("a local storage", () => {
  test("makes a root that is missing, and lists nothing before", async () => {
    const root = join(await createRoot(), "not", "yet");
    const storage = createLocalStorage({ root });
    expect(await storage.head(key)).toBeUndefined();
    expect((await storage.list()[Symbol.asyncIterator]().next()).done).toBe(true);
    await storage.put(key, bytes);
    expect(await readFile(join(root, key))).toEqual(Buffer.from(bytes));
  });

  test("keeps a plain folder of plain files", async () => {
    const { storage, files } = await setUp();
    await storage.put(key, bytes, { mediaType: "image/png", metadata: {} });
    expect(await files()).toEqual(["a", "a/b.png"]);
  });

  test("leaves no folder behind once its objects are gone, but the root", async () => {
    const { storage, files } = await setUp();
    await storage.put(key, bytes, { metadata: { a: "1" } });
    expect(await files()).toHaveLength(4);
    await storage.delete(key);
    expect(await files()).toEqual([]);
  });

  test("leaves no file and no folder of a put that failed", async () => {
    const { storage, files } = await setUp();
    const reason = new Error("the sender hung up");
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(reason) });
    await expect(storage.put(key, body, { metadata: { a: "1" } })).rejects.toBe(reason);
    expect(await files()).toEqual([]);
  });

  test("drops the sidecar of an object that is replaced by a plain one", async () => {
    const { storage, files } = await setUp();
    await storage.put(key, bytes, { cacheControl: "no-store" });
    await storage.put(key, bytes);
    expect(await files()).toEqual(["a", "a/b.png"]);
  });

  test("keeps one sidecar for an object that is replaced again and again", async () => {
    const { storage, files } = await setUp();
    for (const cacheControl of ["no-store", "no-cache", "private"])
      await storage.put(key, bytes, { cacheControl });
    const { etag } = await storage.put(key, bytes, { cacheControl: "public" });
    const sidecar = `a/.tintype/b.png.${etag}.json`;
    expect(await files()).toEqual(["a", "a/.tintype", sidecar, "a/b.png"]);
  });

  test("keeps the winner's attributes when two storages on one root race with ifAbsent", async () => {
    const { storage, root, files } = await setUp();
    const other = createLocalStorage({ root });
    for (let round = 0; round < 20; round += 1) {
      const puts = [storage, other].map(async (one, seed) =>
        one.put(key, Uint8Array.of(seed), { ifAbsent: true, metadata: { seed: String(seed) } }),
      );
      await Promise.allSettled(puts);
      const content = await storage.get(key);
      const [seed] = await content.bytes();
      expect(content.info.metadata).toEqual({ seed: String(seed) });
      expect(await files()).toHaveLength(4);
      await storage.delete(key);
    }
  });

  test("never shows bytes without their own attributes while another storage overwrites them", async () => {
    const { storage, root } = await setUp();
    const other = createLocalStorage({ root });
    const put = async (seed: number) =>
      other.put(key, Uint8Array.of(seed), { metadata: { seed: String(seed) } });
    await put(0);
    const overwriting = (async () => {
      for (let seed = 1; seed < 30; seed += 1) await put(seed);
    })();
    for (let reads = 0; reads < 60; reads += 1) {
      const content = await storage.get(key);
      expect(content.info.metadata).toEqual({ seed: String((await content.bytes())[0]) });
    }
    await overwriting;
  });

  test("stores into folders that deletes next door keep removing", async () => {
    const { storage, files } = await setUp();
    const neighbors = ["a/b/c/1", "a/b/c/2", "a/b/c/3", "a/b/c/4"].map(async (text) => {
      for (let round = 0; round < 25; round += 1) {
        await storage.put(parseKey(text), bytes, { cacheControl: "no-store" });
        await storage.delete(parseKey(text));
      }
    });
    await Promise.all(neighbors);
    expect(await files()).toEqual([]);
  });

  test("gives no attributes of a former file to one that was changed from outside", async () => {
    const { storage, root } = await setUp();
    await storage.put(key, bytes, { contentDisposition: "inline" });
    await writeFile(join(root, key), "other");
    expect(await storage.head(key)).not.toHaveProperty("contentDisposition");
  });

  test.each(["", "{}", "[", "null"])("reads past a sidecar of %j", async (text) => {
    const { storage, root } = await setUp();
    const { etag } = await storage.put(key, bytes, { mediaType: "image/webp" });
    await writeFile(join(root, `a/.tintype/b.png.${etag}.json`), text);
    expect(await storage.head(key)).toMatchObject({ mediaType: "image/png", metadata: {} });
  });

  test("keeps attributes of a name of 255 bytes", async () => {
    const { storage } = await setUp();
    const long = parseKey(`${"x".repeat(251)}.png`);
    await storage.put(long, bytes, { metadata: { a: "1" } });
    expect(await storage.head(long)).toMatchObject({ metadata: { a: "1" } });
  });

  test("shows files from elsewhere, and none of its own or of names that are no keys", async () => {
    const { storage, root } = await setUp();
    await mkdir(join(root, "x/.tintype"), { recursive: true });
    await Promise.all(
      ["x/a.png", "x/.tintype/a.png.json", "x/b\\c", "x/d\ne"].map(async (name) =>
        writeFile(join(root, name), "abc"),
      ),
    );
    await writeFile(join(root, `.tintype-${crypto.randomUUID()}.tmp`), "");
    const listed: ListedObject[] = [];
    for await (const object of storage.list()) listed.push(object);
    expect(listed).toMatchObject([{ key: "x/a.png", bytes: 3 }]);
    const reserved = storage.list({ prefix: parsePrefix("x/.tintype/") });
    expect((await reserved[Symbol.asyncIterator]().next()).done).toBe(true);
  });

  test("takes each chunk of a stream only after the one before it is in the file", async () => {
    const { storage, root } = await setUp();
    const chunk = new Uint8Array(100_000);
    const sizes: number[] = [];
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const [name = ""] = await readdir(root);
          sizes.push((await stat(join(root, name))).size);
          if (sizes.length > 3) controller.close();
          else controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
    await storage.put(parseKey("a"), body);
    expect(sizes).toEqual([0, 100_000, 200_000, 300_000]);
  });

  test.runIf(process.platform === "linux").each(Object.entries(endings))(
    "closes the file of a body that is %s",
    async (_, finish) => {
      const { storage, root } = await setUp();
      await storage.put(key, new Uint8Array(1_000_000));
      const controller = new AbortController();
      const { body } = await storage.get(key, { signal: controller.signal });
      const reader = body.getReader();
      await reader.read();
      expect(await isOpen(join(root, key))).toBe(true);
      await finish(reader, controller);
      expect(await isOpen(join(root, key))).toBe(false);
    },
  );

  test("gives file addresses without a base URL, which do not expire", async () => {
    const { storage, root } = await setUp();
    const odd = parseKey("a b/50%+#ü.png");
    expect(fileURLToPath(await storage.url(odd))).toBe(join(root, odd));
    await expect(storage.url(odd, { expiresInSeconds: 60 })).rejects.toMatchObject({
      code: "storage.cannot_sign",
    });
  });

  test("says without a path why it is not healthy", async () => {
    const root = join(await createRoot(), "file");
    await writeFile(root, "");
    const message = "The storage's root is a file, or below one: make it a folder.";
    for (const path of [root, join(root, "below")]) {
      expect(await createLocalStorage({ root: path }).health()).toEqual({ ok: false, message });
    }
  });
});

async function isOpen(path: string): Promise<boolean> {
  const descriptors = await readdir("/proc/self/fd");
  const open = descriptors.map(async (fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ""));
  return (await Promise.all(open)).includes(path);
}

test.runIf(process.platform === "linux")(
  "a root that the system refuses to make fails with an error",
  async () => {
    const storage = createLocalStorage({ root: "/proc/tintype/files" });
    await expect(storage.put(key, bytes)).rejects.toMatchObject({ kind: "unavailable" });
  },
);
