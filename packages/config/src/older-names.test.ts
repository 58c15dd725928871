import { isTintypeError } from "@tintype/errors";
import { describe, expect, test } from "vitest";

import { loadSettings, type Settings } from "./index.ts";

type Read = (settings: Settings) => unknown;

/** What the five replaced systems are set by: a name, a good value and what is read of it, and a wrong value. */
const names: readonly (readonly [string, string, Read, unknown, string])[] = [
  [
    "OUTPUT_DIR",
    "backend/storage/output",
    (s) => s.storage.outputPrefix,
    "backend/storage/output",
    "/backend/§",
  ],
  [
    "TEMP_DIR",
    "backend/storage/temp",
    (s) => s.uploads.temporaryFolder,
    "backend/storage/temp",
    "temp\0§",
  ],
  ["MAX_VARIATIONS", "5", (s) => s.generation.maxVariations, 5, "§"],
  ["JPEG_QUALITY", "85", (s) => s.formats.jpegQuality, 85, "§%"],
  ["WEBP_QUALITY", "80", (s) => s.formats.webpQuality, 80, "§"],
  ["PNG_COMPRESSION", "9", (s) => s.formats.pngCompression, 9, "§"],
  [
    "GEMINI_API_KEY",
    "AIzaSyD4fd8b3b1c2a9e7d0",
    (s) => s.gemini.apiKey,
    "AIzaSyD4fd8b3b1c2a9e7d0",
    "your_gemini_api_key_§",
  ],
  ["GEMINI_MODEL_NAME", "gemini-2.0-flash", (s) => s.gemini.model, "gemini-2.0-flash", "a model §"],
  ["GEMINI_MAX_RETRIES", "3", (s) => s.gemini.maxRetries, 3, "§"],
  ["GEMINI_RETRY_DELAY", "2", (s) => s.gemini.retryDelayMs, 2000, "§s"],
  ["SIGN_URLS", "false", (s) => s.signing.enabled, false, "§"],
  ["SERVE_FILES_STATIC", "true", (s) => s.access.servesFiles, true, "§"],
  ["URL_SIGNATURE_EXPIRY", "3600", (s) => s.signing.expiresInSeconds, 3600, "§"],
  [
    "SIGNING_SECRET",
    "7b1e0c94d2f8a365",
    (s) => s.signing.secret,
    "7b1e0c94d2f8a365",
    "your-secret-§",
  ],
  ["S3_BUCKET", "images", (s) => s.s3.bucket, "images", "§"],
  ["S3_REGION", "us-east-1", (s) => s.s3.region, "us-east-1", "§"],
  [
    "S3_ENDPOINT",
    "http://localhost:9000",
    (s) => s.s3.endpoint,
    "http://localhost:9000",
    "localhost§",
  ],
  ["S3_ACCESS_KEY_ID", "AKIA123", (s) => s.s3.accessKeyId, "AKIA123", "<§>"],
  ["S3_SECRET_ACCESS_KEY", "wJalrXUtnFEMI", (s) => s.s3.secretAccessKey, "wJalrXUtnFEMI", "your-§"],
  ["ENABLE_METRICS", "true", (s) => s.observability.enabled, true, "§"],
  ["METRICS_PORT", "9091", (s) => s.observability.port, 9091, "§"],
  ["LOG_LEVEL", "info", (s) => s.server.logLevel, "info", "§"],
  ["PORT", "8000", (s) => s.server.port, 8000, "§"],
  ["INTERNAL_API_KEY", "7b1e0c94d2f8a365", (s) => s.access.internalKey, "7b1e0c94d2f8a365", "§"],
  ["DIGITALOCEAN_SPACES_KEY", "DO00ABC", (s) => s.s3.accessKeyId, "DO00ABC", "a §"],
  ["DIGITALOCEAN_SPACES_SECRET", "c3BhY2Vz", (s) => s.s3.secretAccessKey, "c3BhY2Vz", "your_§"],
  ["DIGITALOCEAN_SPACES_REGION", "nyc3", (s) => s.s3.region, "nyc3", "§"],
  ["DIGITALOCEAN_SPACES_BUCKET", "media", (s) => s.s3.bucket, "media", "§"],
  [
    "DIGITALOCEAN_SPACES_CDN",
    "https://cdn.example.com",
    (s) => s.s3.publicUrl,
    "https://cdn.example.com",
    "cdn§",
  ],
  ["BRAND_PRIMARY_COLOR", "#0066CC", (s) => s.brand.primaryColor, "#0066CC", "§"],
  ["BRAND_SECONDARY_COLOR", "#00AA66", (s) => s.brand.secondaryColor, "#00AA66", "§"],
  ["BRAND_STYLE", "professional", (s) => s.brand.style, "professional", "§".repeat(201)],
  ["AWS_ACCESS_KEY_ID", "AKIA123", (s) => s.s3.accessKeyId, "AKIA123", "a §"],
  [
    "AWS_SECRET_ACCESS_KEY",
    "wJalrXUtnFEMI",
    (s) => s.s3.secretAccessKey,
    "wJalrXUtnFEMI",
    "your_§",
  ],
  ["AWS_REGION", "eu-central-1", (s) => s.s3.region, "eu-central-1", "§"],
  ["S3_BUCKET_NAME", "laser-engraving-files", (s) => s.s3.bucket, "laser-engraving-files", "§"],
  ["S3_ENDPOINT_URL", "http://localhost:9000", (s) => s.s3.endpoint, "http://localhost:9000", "§"],
  [
    "REDIS_URL",
    "redis://localhost:6379/0",
    (s) => s.jobs.redisUrl,
    "redis://localhost:6379/0",
    "http://§",
  ],
  [
    "CELERY_BROKER_URL",
    "redis://localhost:6379/1",
    (s) => s.jobs.redisUrl,
    "redis://localhost:6379/1",
    "amqp://§",
  ],
  [
    "DATABASE_URL",
    "postgres://a:b@db/app",
    (s) => s.database.url,
    "postgres://a:b@db/app",
    "mysql://§",
  ],
  ["VIRUS_SCAN_ENABLED", "true", (s) => s.virusScan.enabled, true, "§"],
  ["CLAMD_HOST", "localhost", (s) => s.virusScan.host, "localhost", "§"],
  ["CLAMD_PORT", "3310", (s) => s.virusScan.port, 3310, "§"],
  ["MAX_IMAGE_SIZE", "52428800", (s) => s.limits.maxImageBytes, 50 * 2 ** 20, "§MB"],
  ["PROCESSING_TIMEOUT", "300", (s) => s.processing.timeoutMs, 300_000, "§"],
];

describe.each(names)("%s, as an older system had it,", (name, value, read, meaning, wrong) => {
  test("works", () => expect(read(loadSettings({ [name]: value }))).toEqual(meaning));

  test("stops the start where it is wrong, with its name, the fault and an example, never its value", () => {
    expect(() => loadSettings({ [name]: wrong })).toThrow(
      expect.toSatisfy((error: unknown) => {
        if (!isTintypeError(error)) return false;
        const { code, message, details } = error;
        return (
          code === "config.invalid" &&
          new RegExp(`^- ${name} must be .+; ${name}=.+$`, "mu").test(message) &&
          !`${message}${JSON.stringify(details)}`.includes("§")
        );
      }),
    );
  });
});
