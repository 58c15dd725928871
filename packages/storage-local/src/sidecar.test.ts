import { lstat, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseKey } from "@tintype/storage";
import { expect, onTestFinished, test } from "vitest";

import { createLocalStorage } from "./index.ts";
import { readAttributes } from "./sidecar.ts";

test("does not take a version for a plain one once its sidecar has gone with it", async () => {
  const root = await mkdtemp(join(tmpdir(), "tintype-sidecar-"));
  onTestFinished(async () => rm(root, { recursive: true }));
  const storage = createLocalStorage({ root });
  const [key, path] = [parseKey("a.png"), join(root, "a.png")];

  await storage.put(key, Uint8Array.of(1), { contentDisposition: "attachment" });
  const first = await lstat(path);
  expect(await readAttributes(key, path, first)).toMatchObject({
    contentDisposition: "attachment",
  });

  await storage.put(key, Uint8Array.of(2));
  expect(await readAttributes(key, path, first)).toBeUndefined();
  expect(await readAttributes(key, path, await lstat(path))).toEqual({
    mediaType: "image/png",
    metadata: {},
  });

  await storage.delete(key);
  expect(await readAttributes(key, path, first)).toBeUndefined();
});
