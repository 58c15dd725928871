import type { StorageClient } from "@supabase/storage-js";
import { compareKeys, type ListedObject } from "@tintype/storage";

import { etagOf } from "./etag-of.ts";
import { fromObjectName } from "./object-name.ts";
import { supabaseError } from "./supabase-error.ts";

const pageSize = 1000;

type FileApi = ReturnType<StorageClient["from"]>;

/** Every object whose name starts with a prefix, in the order of keys: Supabase lists folder by folder, so that all are held at once. */
export async function listObjects(
  files: () => FileApi,
  prefix: string,
  signal: AbortSignal | undefined,
): Promise<readonly ListedObject[]> {
  const found: ListedObject[] = [];
  const visit = async (folder: string): Promise<void> => {
    for await (const { name, id, updated_at: time, metadata } of entriesOf(files, folder, signal)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      // A folder has no id; it may hold what is asked for, or be a part of it.
      if (id === null) {
        if (`${path}/`.startsWith(prefix) || prefix.startsWith(`${path}/`)) await visit(path);
        continue;
      }
      const key = path.startsWith(prefix) ? fromObjectName(path) : undefined;
      if (key === undefined) continue;
      const { size, eTag } = (metadata ?? {}) as { size?: number; eTag?: string };
      const lastModified = new Date(time ?? 0);
      found.push({ key, bytes: size ?? 0, etag: etagOf(eTag), lastModified });
    }
  };
  await visit(prefix.slice(0, Math.max(0, prefix.lastIndexOf("/"))));
  return found.toSorted((a, b) => compareKeys(a.key, b.key));
}

async function* entriesOf(files: () => FileApi, folder: string, signal: AbortSignal | undefined) {
  for (let offset = 0; ; offset += pageSize) {
    signal?.throwIfAborted();
    const page = await files().list(folder, { limit: pageSize, offset }, signal ? { signal } : {});
    signal?.throwIfAborted();
    if (page.error !== null) throw supabaseError(page.error);
    yield* page.data;
    if (page.data.length < pageSize) return;
  }
}
