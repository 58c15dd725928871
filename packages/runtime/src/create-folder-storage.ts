import type { Storage } from "@tintype/storage";

import { assertFolder } from "./assert-folder.ts";

/** A storage whose objects are plain files below a folder, for an app that was told where files go; throws `storage.unusable_folder`. */
export async function createFolderStorage(folder: string): Promise<Storage> {
  await assertFolder(folder, `The folder ${folder}`);
  const { createLocalStorage } = await import("@tintype/storage-local");
  return createLocalStorage({ root: folder });
}
