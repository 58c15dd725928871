import { randomUUID } from "node:crypto";
import { mkdir, open, rmdir, stat, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

import { errorCode, ifPresent } from "./file-error.ts";

/** A path in a folder for a file that is written aside, of a name that cannot be guessed. */
export function temporaryPath(folder: string): string {
  return join(folder, `.tintype-${randomUUID()}.tmp`);
}

/** Whether a name is one that {@link temporaryPath} gives. */
export function isTemporaryName(name: string): boolean {
  return /^\.tintype-[0-9a-f-]{36}\.tmp$/.test(name);
}

/** Creates a file that is not there yet, and its folder with it. */
export async function createFile(path: string): Promise<FileHandle> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      if (attempts > 1) await createFolder(dirname(path));
      return await open(path, "wx");
    } catch (error) {
      // The folder is not there yet, or a delete next door has just removed it as it was still empty.
      if (errorCode(error) !== "ENOENT" || attempts === 10) throw error;
    }
  }
}

/** Makes sure that what a folder lists survives a loss of power; fine when the folder has gone again. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await ifPresent(open(folder, "r"));
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
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

/** Makes a folder and the ones above it that are missing; Node's own way never ends where the system refuses both, as in /proc. */
async function createFolder(folder: string): Promise<void> {
  try {
    await createOneFolder(folder);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || folder === dirname(folder)) throw error;
    await createFolder(dirname(folder));
    await createOneFolder(folder);
  }
}

/** Makes a folder unless it is there already. */
async function createOneFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    if (errorCode(error) !== "EEXIST" || !(await stat(folder)).isDirectory()) throw error;
  }
}
