import type { Settings } from "@tintype/config";
import { TintypeError } from "@tintype/errors";
import type { Storage } from "@tintype/storage";

import { connectBucket, type S3Kind } from "./connect-bucket.ts";

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
  const { kind, secondary } = settings.storage;
  // Where files are kept elsewhere, the settings of S3 serve sources alone.
  const found = [kind, secondary].find(isS3) ?? "s3";
  const { createS3Storage } = await import("@tintype/storage-s3");
  return createS3Storage(await connectBucket(found, settings, bucket));
}

function bucketDenied(bucket: string): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "source.bucket_denied",
    message: `Pictures may not be read from the bucket ${bucket}: name it in S3_SOURCE_BUCKETS.`,
    details: { bucket },
  });
}

function isS3(kind: string): kind is S3Kind {
  return !["local", "supabase", "none"].includes(kind);
}
