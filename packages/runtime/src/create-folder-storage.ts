import type { Storage } from "@tintype/storage";

/** A storage whose objects are plain files below a folder, for an app that was told where files go. */
export async function createFolderStorage(folder: string): Promise<Storage> {
  const { createLocalStorage } = await import("@tintype/storage-local");
  return createLocalStorage({ root: folder });
}
