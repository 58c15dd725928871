import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";

import { ifPresent } from "./file-error.ts";
import { isTemporaryName, removeFile } from "./temporary-file.ts";

/** Removes the temporary files that crashed writers left below a storage's root, and gives their number; younger ones, by default than an hour, may still be written. */
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
    } else if (entry.isFile() && isTemporaryName(entry.name)) {
      const stats = await ifPresent(lstat(path));
      if (stats === undefined || stats.mtimeMs > Date.now() - olderThanMs) continue;
      await removeFile(path);
      removed += 1;
    }
  }
  return removed;
}
