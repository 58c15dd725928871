import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings } from "@tintype/config";
import { expect, onTestFinished, test } from "vitest";

import { createFolderStorage, createRuntime } from "./index.ts";

function folderWithFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "file"), "");
  symlinkSync(join(folder, "file"), join(folder, "link"));
  return folder;
}

test.each(["file", "file/below", "file/far/below", "link", "link/below"])(
  "a data folder at %s, where there is a file, stops the start",
  async (path) => {
    const settings = loadSettings({ DATA_DIR: join(folderWithFile(), path) });
    await expect(createRuntime(settings)).rejects.toMatchObject({
      kind: "configuration",
      code: "storage.unusable_folder",
      message: "DATA_DIR can't be used: it is a file, or below one. Name a folder.",
    });
  },
);

test("a folder that is not there yet is fine, and is not made before there is a file for it", async () => {
  const folder = join(folderWithFile(), "not/yet");
  await createFolderStorage(folder);
  expect(existsSync(folder)).toBe(false);
});

test("a folder that can't be used is named as its user named it", async () => {
  const folder = join(folderWithFile(), "file");
  await expect(createFolderStorage(folder)).rejects.toMatchObject({
    message: `The folder ${folder} can't be used: it is a file, or below one. Name a folder.`,
  });
});
