import { randomUUID } from "node:crypto";
import { mkdir, open, rmdir, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

import { errorCode, ifPresent } from "./file-error.ts";

/** A new file that is written aside and then published under its name, or removed. */
export interface TemporaryFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Creates an empty file of an unguessable name in a folder, and the folder with it. */
export async function createTemporaryFile(folder: string): Promise<TemporaryFile> {
  const path = join(folder, `.tintype-${randomUUID()}.tmp`);
  for (let attempts = 1; ; attempts += 1) {
    try {
      await createFolder(folder);
      return { path, handle: await open(path, "wx") };
    } catch (error) {
      // A delete next door may just have removed the folder that was still empty.
      if (errorCode(error) !== "ENOENT" || attempts === 10) throw error;
    }
  }
}

/** Whether a name is one that {@link createTemporaryFile} gives. */
export function isTemporaryName(name: string): boolean {
  return /^\.tintype-[0-9a-f-]{36}\.tmp$/.test(name);
}

/** Makes sure that what a folder lists survives a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a file; fine when there is none. */
export async function removeFile(path: string): Promise<void> {
  await ifPresent(unlink(path));
}

/** Removes a folder and the ones above it for as long as they are empty, never the root. */
export async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  try {
    for (let empty = folder; empty !== root; empty = dirname(empty)) await rmdir(empty);
  } catch {
    // A folder that is in use, or already gone, ends the climb.
  }
}

async function createFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made))
    await syncFolder(dirname(made));
}
