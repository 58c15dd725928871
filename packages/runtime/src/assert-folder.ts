import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { TintypeError } from "@tintype/errors";

/**
 * Throws `storage.unusable_folder` where no files can be kept below a folder, which need not be there yet; `name` is
 * what its user calls it. Found out here, it is said once, and not as the fault of every request that stores a file.
 */
export async function assertFolder(folder: string, name: string): Promise<void> {
  try {
    const nearest = await nearestThere(resolve(folder));
    await access(nearest, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new TintypeError({
      kind: "configuration",
      code: "storage.unusable_folder",
      message:
        (cause as NodeJS.ErrnoException).code === "ENOTDIR"
          ? `${name} can't be used: it is a file, or below one. Name a folder.`
          : `${name} can't be used: nothing may be written there. Allow it, or name another folder.`,
      cause,
    });
  }
}

/** The folder itself, or the nearest one above it that is there; a file on the way fails as ENOTDIR. */
async function nearestThere(folder: string): Promise<string> {
  try {
    // The slash makes the system refuse what is no folder.
    await stat(`${folder}/`);
    return folder;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (!isMissing || folder === dirname(folder)) throw error;
    return nearestThere(dirname(folder));
  }
}
