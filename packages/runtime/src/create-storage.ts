import { join } from "node:path";

import type { Settings } from "@tintype/config";
import {
  createFailoverStorage,
  createPrefixedStorage,
  objectUrl,
  parseKey,
  type FailoverStorage,
  type Storage,
} from "@tintype/storage";

import { assertFolder } from "./assert-folder.ts";
import { connectBucket } from "./connect-bucket.ts";
import { filesAddress, type FilesAddress } from "./files-address.ts";
import { missingSetting } from "./missing-setting.ts";

type Kind = Settings["storage"]["kind"];

/** The storage that settings name, with the second one behind it where they name one. */
export async function createStorage(
  settings: Settings,
  files: FilesAddress = filesAddress(settings),
): Promise<Storage | FailoverStorage> {
  const { kind, secondary, failover } = settings.storage;
  const primary = await createOne(kind, settings, files);
  if (secondary === "none") return primary;
  const second = await createOne(secondary, settings, files);
  return createFailoverStorage({ primary, secondary: second, mode: failover });
}

/** Adapters are imported when they are asked for, so that nobody loads an SDK that is not used. */
async function createOne(kind: Kind, settings: Settings, files: FilesAddress): Promise<Storage> {
  const { dataDir, prefix } = settings.storage;
  if (kind === "local") {
    await assertFolder(dataDir, "DATA_DIR");
    const { createLocalStorage } = await import("@tintype/storage-local");
    const root = join(dataDir, "files", prefix ?? "");
    return createLocalStorage({ root, baseUrl: files.url, signer: files.signer });
  }
  const { isPublic, ...bucket } = await openBucket(kind, settings);
  const storage =
    prefix === undefined ? bucket.storage : createPrefixedStorage(bucket.storage, parseKey(prefix));
  return isPublic ? storage : withLinksTo(files.url, storage);
}

/** A bucket of a service, and whether everyone can read it. */
async function openBucket(
  kind: Exclude<Kind, "local">,
  settings: Settings,
): Promise<{ readonly storage: Storage; readonly isPublic: boolean }> {
  if (kind === "supabase") {
    const { connectSupabase, createSupabaseStorage } = await import("@tintype/storage-supabase");
    const { url, serviceKey, bucket, isPublic } = settings.supabase;
    if (url === undefined) throw missingSetting("SUPABASE_URL", "STORAGE is supabase");
    if (serviceKey === undefined)
      throw missingSetting("SUPABASE_SERVICE_KEY", "STORAGE is supabase");
    const storage = createSupabaseStorage(connectSupabase({ url, serviceKey, bucket }));
    return { storage, isPublic };
  }
  const { createS3Storage } = await import("@tintype/storage-s3");
  const options = await connectBucket(kind, settings);
  return { storage: createS3Storage(options), isPublic: options.baseUrl !== undefined };
}

/** A storage that nobody else can read: its lasting links lead to this service, which passes the files on. */
function withLinksTo(filesUrl: string, storage: Storage): Storage {
  return {
    ...storage,
    url: async (key, options) =>
      options?.expiresInSeconds === undefined
        ? objectUrl(filesUrl, key, options)
        : storage.url(key, options),
  };
}
