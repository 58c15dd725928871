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
  const { createS3Storage } = await import("@tintype/storage-s3");
  const options = await connectBucket(kind, settings);
  const bucket = createS3Storage(options);
  const storage = prefix === undefined ? bucket : createPrefixedStorage(bucket, parseKey(prefix));
  return options.baseUrl === undefined ? withLinksTo(files.url, storage) : storage;
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
