import type { Settings } from "@tintype/config";
// Types alone: the adapter itself is loaded when a bucket is used.
import type { S3Encryption, S3Provider, S3StorageOptions } from "@tintype/storage-s3";

import { missingSetting } from "./missing-setting.ts";

/** A kind of storage that the settings of S3 connect to. */
export type S3Kind = Exclude<Settings["storage"]["kind"], "local" | "supabase">;

/** The connection to a bucket, the storage's own when none is named; throws `config.missing`. */
export async function connectBucket(
  kind: S3Kind,
  { s3 }: Settings,
  bucket: string | undefined = s3.bucket,
): Promise<S3StorageOptions> {
  if (bucket === undefined) throw missingSetting("S3_BUCKET", `STORAGE is ${kind}`);
  const { accessKeyId, secretAccessKey, sessionToken } = s3;
  if (accessKeyId !== undefined && secretAccessKey === undefined)
    throw missingSetting("S3_SECRET_ACCESS_KEY", "there is an access key's id");
  const credentials =
    accessKeyId !== undefined && secretAccessKey !== undefined
      ? { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
      : undefined;
  const { connectS3 } = await import("@tintype/storage-s3");
  const options = connectS3({ ...s3, provider: providerOf(kind, s3), bucket, credentials });
  // Where everyone reads the storage's own bucket says nothing of another one.
  const baseUrl = bucket === s3.bucket ? (s3.publicUrl ?? options.baseUrl) : undefined;
  return { ...options, baseUrl, encryption: encryptionOf(s3) };
}

function providerOf(kind: S3Kind, { endpoint }: Settings["s3"]): S3Provider {
  if (kind !== "s3") return kind;
  return endpoint === undefined ? "aws" : "other";
}

function encryptionOf({ encryption, kmsKeyId }: Settings["s3"]): S3Encryption | undefined {
  if (encryption === "kms") return { algorithm: "aws:kms", keyId: kmsKeyId };
  return encryption === "aes256" ? { algorithm: "AES256" } : undefined;
}
