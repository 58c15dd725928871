import type { Settings } from "@tintype/config";
import { TintypeError } from "@tintype/errors";
import type { Storage } from "@tintype/storage";

import { connectBucket } from "./connect-bucket.ts";

/** Opens the buckets that requests may read sources from, each once; any other is `source.bucket_denied`. */
export function createBucketOpener(settings: Settings): (bucket: string) => Promise<Storage> {
  const { bucket: own, sourceBuckets } = settings.s3;
  const opened = new Map<string, Promise<Storage>>();
  return async (bucket) => {
    // What the service's keys open is not for everyone who can send it a request.
    if (bucket !== own && !sourceBuckets.includes(bucket)) throw bucketDenied(bucket);
    const storage = opened.get(bucket) ?? openBucket(settings, bucket);
    opened.set(bucket, storage);
    return storage;
  };
}

async function openBucket(settings: Settings, bucket: string): Promise<Storage> {
  // Where files are local, the settings of the bucket serve sources alone.
  const { kind: first, secondary } = settings.storage;
  const kind = first === "local" && secondary !== "none" ? secondary : first;
  const { createS3Storage } = await import("@tintype/storage-s3");
  return createS3Storage(await connectBucket(kind, settings, bucket));
}

function bucketDenied(bucket: string): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "source.bucket_denied",
    message: `Pictures may not be read from the bucket ${bucket}: name it in S3_SOURCE_BUCKETS.`,
    details: { bucket },
  });
}
