import { defineSettings } from "../define-settings.ts";
import {
  flag,
  givenSecret,
  integer,
  milliseconds,
  names,
  oneOf,
  text,
  webAddress,
} from "../setting-types.ts";

/** The bucket that holds the files where the storage is S3 or speaks its protocol. */
export const s3Settings = defineSettings({
  title: "S3",
  settings: {
    bucket: {
      name: "S3_BUCKET",
      aliases: ["S3_BUCKET_NAME", "AWS_S3_BUCKET", "DIGITALOCEAN_SPACES_BUCKET"],
      description: "The bucket.",
      type: text(/^[a-z\d][\w.-]{1,61}[a-z\d]$/i, "the name of a bucket"),
      example: "images",
    },
    region: {
      name: "S3_REGION",
      aliases: ["AWS_REGION", "DIGITALOCEAN_SPACES_REGION"],
      description: "The region of the bucket; of DigitalOcean Spaces the part of its host name.",
      type: text(/^[a-z\d-]+$/, "the name of a region"),
      example: "eu-central-1",
    },
    endpoint: {
      name: "S3_ENDPOINT",
      aliases: ["S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"],
      description:
        "The address of the S3 service; needed for MinIO, and made of the region or the account for the others.",
      type: webAddress(),
      example: "http://127.0.0.1:9000",
    },
    accountId: {
      name: "S3_ACCOUNT_ID",
      aliases: ["R2_ACCOUNT_ID", "CLOUDFLARE_ACCOUNT_ID"],
      description: "The account of Cloudflare R2, which makes the endpoint.",
      type: text(/^[a-z\d]+$/, "the account's id"),
      example: "0123456789abcdef0123456789abcdef",
    },
    accessKeyId: {
      name: "S3_ACCESS_KEY_ID",
      aliases: ["AWS_ACCESS_KEY_ID", "DIGITALOCEAN_SPACES_KEY"],
      description:
        "The id of the access key. Without one the SDK looks for credentials itself: its files, the machine's role.",
      type: text(/^[\w./+=-]+$/, "the id of an access key"),
      example: "tintype",
    },
    secretAccessKey: {
      name: "S3_SECRET_ACCESS_KEY",
      aliases: ["AWS_SECRET_ACCESS_KEY", "DIGITALOCEAN_SPACES_SECRET"],
      description: "The secret of the access key.",
      type: givenSecret(),
      example: "$(pass show s3)",
      secret: true,
    },
    sessionToken: {
      name: "S3_SESSION_TOKEN",
      aliases: ["AWS_SESSION_TOKEN"],
      description: "The token that goes with a temporary access key.",
      type: givenSecret(),
      example: "$(pass show s3-token)",
      secret: true,
    },
    publicUrl: {
      name: "S3_PUBLIC_URL",
      aliases: ["DIGITALOCEAN_SPACES_CDN"],
      description:
        "Where everyone, or a CDN, reads the bucket. Without it links that do not expire lead to this service, which passes the files on.",
      type: webAddress(),
      example: "https://cdn.example.com",
    },
    pathStyle: {
      name: "S3_FORCE_PATH_STYLE",
      description:
        "Whether the bucket stands in the path of addresses instead of the host name; as the service is known to need it when absent.",
      type: flag(),
      example: "true",
    },
    encryption: {
      name: "S3_ENCRYPTION",
      description: "How the service shall encrypt what it stores; `none` leaves it to the bucket.",
      type: oneOf(["none", "aes256", "kms"]),
      default: "none",
      example: "aes256",
    },
    kmsKeyId: {
      name: "S3_KMS_KEY_ID",
      description: "The key for `S3_ENCRYPTION=kms`; the account's own when absent.",
      type: text(/^[\w:/-]+$/, "the id or the ARN of a key"),
      example: "alias/images",
    },
    checksums: {
      name: "S3_CHECKSUMS",
      description:
        "When the SDK adds CRC checksums; many services refuse those that are not required. Digests are compared in any case.",
      type: oneOf(["when-required", "when-supported"]),
      default: "when-required",
      example: "when-supported",
    },
    maxAttempts: {
      name: "S3_MAX_ATTEMPTS",
      description: "How often one request is tried in all; the retries of all draw on one budget.",
      type: integer({ min: 1, max: 10 }),
      default: "3",
      unit: "attempts",
      example: "5",
    },
    timeoutMs: {
      name: "S3_TIMEOUT",
      description: "How long the service may stay silent.",
      type: milliseconds({ min: 100, max: 3_600_000 }),
      default: "30s",
      unit: "seconds",
      example: "10s",
    },
    sourceBuckets: {
      name: "S3_SOURCE_BUCKETS",
      description:
        "Further buckets that requests may read pictures from, as `s3://bucket/key`; the storage's own bucket always.",
      type: names(),
      default: "",
      example: "originals,archive",
    },
  },
});
