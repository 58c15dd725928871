import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { TintypeError } from "@tintype/errors";

import type { S3StorageOptions } from "./s3-storage.ts";

/** Services that speak S3's protocol, each with what is particular about it; `other` for the rest. */
export type S3Provider = "aws" | "minio" | "spaces" | "r2" | "gcs" | "other";

/** Where a bucket is and who may use it; what is left out follows from the provider. */
export interface S3Connection {
  readonly provider?: S3Provider;
  readonly bucket: string;
  /** Such as `eu-central-1`, or `nyc3` for Spaces. */
  readonly region?: string | undefined;
  /** The service's address; needed for MinIO and others. */
  readonly endpoint?: string | undefined;
  /** The account of Cloudflare R2, instead of an endpoint. */
  readonly accountId?: string | undefined;
  /** Left out, the SDK looks for credentials itself: its own variables, files, the machine's role. */
  readonly credentials?:
    | {
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
      }
    | undefined;
  /** Addresses the bucket in the path instead of the host name. */
  readonly pathStyle?: boolean | undefined;
  /** `when-supported` makes the SDK add CRC checksums to everything, which many services refuse. */
  readonly checksums?: "when-required" | "when-supported" | undefined;
  /** How often one request is tried in all; all retries together draw on one budget. */
  readonly maxAttempts?: number | undefined;
  /** How long a service may stay silent. */
  readonly timeoutMs?: number | undefined;
}

type Preset = Pick<S3ClientConfig, "endpoint" | "region" | "forcePathStyle"> &
  Pick<S3StorageOptions, "baseUrl" | "digests" | "conditionalWrites">;

const presets: Readonly<Record<S3Provider, (connection: S3Connection) => Preset>> = {
  aws: () => ({}),
  minio: () => ({ forcePathStyle: true }),
  other: () => ({ forcePathStyle: true }),
  // Its region is in the host name; signatures are always made for us-east-1.
  spaces: ({ region = "nyc3", bucket }) => ({
    endpoint: `https://${region}.digitaloceanspaces.com`,
    region: "us-east-1",
    baseUrl: `https://${bucket}.${region}.cdn.digitaloceanspaces.com`,
  }),
  r2: ({ accountId }) => ({
    ...(accountId !== undefined && { endpoint: `https://${accountId}.r2.cloudflarestorage.com` }),
    region: "auto",
  }),
  // Its ETags are no digests, and it knows conditions of its own alone.
  gcs: () => ({
    endpoint: "https://storage.googleapis.com",
    region: "auto",
    digests: "opaque",
    conditionalWrites: false,
  }),
};

/** The SDK's client and the options of {@link createS3Storage} for a connection; throws `storage.no_endpoint`. */
export function connectS3(connection: S3Connection): S3StorageOptions {
  const { provider = "aws", bucket, credentials, maxAttempts = 3, timeoutMs = 30_000 } = connection;
  const preset = presets[provider](connection);
  const { baseUrl, digests, conditionalWrites } = preset;
  const endpoint = connection.endpoint ?? preset.endpoint;
  if (endpoint === undefined && provider !== "aws") throw noEndpointError(provider);
  const checksums = connection.checksums === "when-supported" ? "WHEN_SUPPORTED" : "WHEN_REQUIRED";
  const client = new S3Client({
    region: preset.region ?? connection.region ?? "us-east-1",
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
    forcePathStyle: connection.pathStyle ?? preset.forcePathStyle ?? false,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    // Its retries draw on one budget of the client, which empties when most requests fail.
    retryMode: "standard",
    maxAttempts,
    requestHandler: {
      connectionTimeout: Math.min(timeoutMs, 5000),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs,
    },
  });
  return { client, bucket, baseUrl, digests, conditionalWrites };
}

function noEndpointError(provider: S3Provider): TintypeError {
  const also = provider === "r2" ? ", or the account" : "";
  return new TintypeError({
    kind: "configuration",
    code: "storage.no_endpoint",
    message: `Name the endpoint of the S3 service${also}, such as http://127.0.0.1:9000.`,
  });
}
