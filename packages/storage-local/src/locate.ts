import type { Stats } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { dirname, join, sep } from "node:path";

import { invalidKeyError } from "@tintype/storage";
import type { Key } from "@tintype/storage";

import { ifPresent, outsideRootError } from "./file-error.ts";

/** Whether a name is kept for the storage's own files; in any case, since some disks do not tell cases apart. */
export function isReserved(name: string): boolean {
  return name.toLowerCase().startsWith(".tintype");
}

/** The path of a key's file, or `storage.outside_root` where a symbolic link on the way leads out of the root; the file itself may be one. */
export async function locate(root: string, key: Key): Promise<string> {
  const names = key.split("/");
  if (names.some(isReserved)) throw invalidKeyError("reserved");
  const path = join(root, ...names);
  await assertInside(root, dirname(path), key);
  return path;
}

/** The path of a key's file that is no symbolic link, or `storage.outside_root`. */
export async function locateToWrite(root: string, key: Key): Promise<string> {
  const path = await locate(root, key);
  assertNoLink(await ifPresent(lstat(path)), key);
  return path;
}

/** Throws `storage.outside_root` when a key's file is a symbolic link. */
export function assertNoLink(stats: Stats | undefined, key: Key): void {
  if (stats?.isSymbolicLink() === true) throw outsideRootError(key);
}

/** Throws `storage.outside_root` when a folder, or the nearest one above it that exists, is really outside the root. */
export async function assertInside(root: string, folder: string, key: string): Promise<void> {
  if (folder === root) return;
  const realRoot = await ifPresent(realpath(root));
  if (realRoot === undefined) return;
  let nearest = folder;
  let real = await ifPresent(realpath(nearest));
  while (real === undefined && nearest !== root) {
    nearest = dirname(nearest);
    real = await ifPresent(realpath(nearest));
  }
  const start = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  if (real !== undefined && real !== realRoot && !real.startsWith(start))
    throw outsideRootError(key);
}
