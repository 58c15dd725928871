import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseKey } from "@tintype/storage";
import { expect, onTestFinished, test } from "vitest";

import { createLocalStorage, sweepTemporaryFiles } from "./index.ts";

test("removes what is old and was left by a crash, in every folder, and nothing else", async () => {
  const root = await mkdtemp(join(tmpdir(), "tintype-sweep-"));
  onTestFinished(async () => rm(root, { recursive: true }));
  const { etag } = await createLocalStorage({ root }).put(parseKey("a/b.png"), Uint8Array.of(1), {
    metadata: { a: "1" },
  });
  const young = temporary();
  const lost = [temporary(), `a/.tintype/${temporary()}`, "a/.tintype/b.png.x-1.json"];
  const kept = [`a/.tintype/b.png.${etag}.json`, "a/c.x-1.json", ".tintype-x.tmp"];
  for (const name of [young, ...lost, ...kept.slice(1)]) await writeFile(join(root, name), "");
  const twoHoursAgo = Date.now() / 1000 - 7200;
  for (const name of [...lost, ...kept]) await utimes(join(root, name), twoHoursAgo, twoHoursAgo);

  expect(await sweepTemporaryFiles({ root })).toBe(3);
  const left = await readdir(root, { recursive: true });
  expect(left.toSorted()).toEqual(["a", "a/.tintype", "a/b.png", young, ...kept].toSorted());
});

test("finds nothing below a root that does not exist", async () => {
  expect(await sweepTemporaryFiles({ root: join(tmpdir(), crypto.randomUUID()) })).toBe(0);
});

function temporary() {
  return `.tintype-${crypto.randomUUID()}.tmp`;
}
