import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { sweepTemporaryFiles } from "./index.ts";

test("removes what is old and temporary, in every folder, and nothing else", async () => {
  const root = await mkdtemp(join(tmpdir(), "tintype-sweep-"));
  onTestFinished(async () => rm(root, { recursive: true }));
  const [young, old, deep] = [temporary(), temporary(), join("a", ".tintype", temporary())];
  await mkdir(join(root, "a", ".tintype"), { recursive: true });
  for (const name of [young, old, deep, "a/b.png", "a/.tintype/b.png.json", ".tintype-x.tmp"])
    await writeFile(join(root, name), "");
  const twoHoursAgo = Date.now() / 1000 - 7200;
  for (const name of [old, deep, "a/b.png", "a/.tintype/b.png.json", ".tintype-x.tmp"])
    await utimes(join(root, name), twoHoursAgo, twoHoursAgo);

  expect(await sweepTemporaryFiles({ root })).toBe(2);
  const left = await readdir(root, { recursive: true });
  expect(left.toSorted()).toEqual(
    ["a", "a/.tintype", "a/.tintype/b.png.json", "a/b.png", ".tintype-x.tmp", young].toSorted(),
  );
});

test("finds nothing below a root that does not exist", async () => {
  expect(await sweepTemporaryFiles({ root: join(tmpdir(), crypto.randomUUID()) })).toBe(0);
});

function temporary() {
  return `.tintype-${crypto.randomUUID()}.tmp`;
}
