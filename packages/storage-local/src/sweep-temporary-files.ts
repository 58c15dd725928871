import { lstat, opendir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { ifPresent } from "./file-error.ts";
import { sidecarPath } from "./sidecar.ts";
import { isTemporaryName, removeFile } from "./temporary-file.ts";

/** Removes what crashed writers left below a storage's root (temporary files, and sidecars of versions that are not there) and gives the number; younger files, by default than an hour, may still be needed. */
export async function sweepTemporaryFiles(options: {
  readonly root: string;
  readonly olderThanMs?: number;
}): Promise<number> {
  const { root, olderThanMs = 60 * 60 * 1000 } = options;
  const folder = await ifPresent(opendir(root));
  let removed = 0;
  for await (const entry of folder ?? []) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) {
      removed += await sweepTemporaryFiles({ root: path, olderThanMs });
    } else if (isTemporaryName(entry.name) || (await isLostSidecar(path))) {
      const stats = await ifPresent(lstat(path));
      if (stats === undefined || stats.mtimeMs > Date.now() - olderThanMs) continue;
      await removeFile(path);
      removed += 1;
    }
  }
  return removed;
}

async function isLostSidecar(path: string): Promise<boolean> {
  const folder = dirname(path);
  // A sidecar kept by the hash of a long name does not tell its object, and stays.
  const name = /^(?![0-9a-f]{64}\.)(.+)\.[0-9a-z]+-[0-9a-z]+\.json$/.exec(basename(path))?.[1];
  if (basename(folder) !== ".tintype" || name === undefined) return false;
  const object = join(dirname(folder), name);
  const stats = await ifPresent(lstat(object));
  return stats === undefined || sidecarPath(object, stats) !== path;
}
