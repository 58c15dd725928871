import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings, type Environment } from "@tintype/config";
import { parseKey } from "@tintype/storage";
import { describe, expect, onTestFinished, test } from "vitest";

import { createBucketOpener } from "./create-bucket-opener.ts";
import { createStorage } from "./index.ts";

const key = parseKey("a b.png");
const keys = { S3_ACCESS_KEY_ID: "tintype", S3_SECRET_ACCESS_KEY: "4fd8b3b1c2a9e7d0" };
const bucket = { S3_BUCKET: "cars", ...keys };
const project = { SUPABASE_URL: "https://abc.supabase.co", SUPABASE_SERVICE_KEY: "4fd8b3b1c2a9" };
const load = (environment: Environment) =>
  loadSettings({ PUBLIC_URL: "https://a.example", ...environment });

describe("a storage from settings", () => {
  test.each<[Environment, string]>([
    [{}, "https://a.example/files/a%20b.png"],
    [{ STORAGE_PREFIX: "x/y" }, "https://a.example/files/a%20b.png"],
    [{ STORAGE: "s3", ...bucket }, "https://a.example/files/a%20b.png"],
    [
      { STORAGE: "s3", ...bucket, S3_PUBLIC_URL: "https://cdn.example" },
      "https://cdn.example/a%20b.png",
    ],
    [
      { STORAGE: "s3", ...bucket, S3_PUBLIC_URL: "https://cdn.example", STORAGE_PREFIX: "x/y" },
      "https://cdn.example/x/y/a%20b.png",
    ],
    [{ STORAGE: "s3", ...bucket, STORAGE_PREFIX: "x/y" }, "https://a.example/files/a%20b.png"],
    [
      {
        STORAGE: "spaces",
        DIGITALOCEAN_SPACES_KEY: "tintype",
        DIGITALOCEAN_SPACES_SECRET: "4fd8b3b1c2a9e7d0",
        DIGITALOCEAN_SPACES_REGION: "fra1",
        DIGITALOCEAN_SPACES_BUCKET: "cars",
      },
      "https://cars.fra1.cdn.digitaloceanspaces.com/a%20b.png",
    ],
    [{ STORAGE: "supabase", ...project }, "https://a.example/files/a%20b.png"],
    [
      { STORAGE: "supabase", ...project, SUPABASE_PUBLIC: "yes" },
      "https://abc.supabase.co/storage/v1/object/public/images/a%20b.png",
    ],
  ])("as in %j gives %s for a lasting address", async (environment, url) => {
    expect(await (await createStorage(load(environment))).url(key)).toBe(url);
  });

  test.each<[Environment, string]>([
    [{ STORAGE: "s3", S3_REGION: "eu-north-1" }, "cars.s3.eu-north-1.amazonaws.com"],
    [{ STORAGE: "s3", AWS_REGION: "eu-north-1" }, "cars.s3.eu-north-1.amazonaws.com"],
    [{ STORAGE: "s3", S3_ENDPOINT_URL: "http://127.0.0.1:9000" }, "127.0.0.1:9000"],
    [{ STORAGE: "minio", S3_ENDPOINT: "http://127.0.0.1:9000" }, "127.0.0.1:9000"],
    [{ STORAGE: "r2", R2_ACCOUNT_ID: "abc" }, "cars.abc.r2.cloudflarestorage.com"],
    [{ STORAGE: "gcs" }, "cars.storage.googleapis.com"],
  ])("as in %j signs addresses of %s", async (environment, host) => {
    const storage = await createStorage(load({ ...bucket, ...environment }));
    const url = new URL(await storage.url(key, { expiresInSeconds: 60 }));
    expect(url.host).toBe(host);
    expect(url.searchParams.get("X-Amz-Credential")).toMatch(/^tintype\//u);
  });

  test.each([
    ["S3_BUCKET", keys],
    ["S3_SECRET_ACCESS_KEY", { S3_BUCKET: "cars", S3_ACCESS_KEY_ID: "tintype" }],
    ["SUPABASE_URL", { STORAGE: "supabase" }],
    ["SUPABASE_SERVICE_KEY", { STORAGE: "supabase", SUPABASE_URL: "https://abc.supabase.co" }],
  ])("in a bucket without %s says so", async (setting, environment) => {
    await expect(createStorage(load({ STORAGE: "s3", ...environment }))).rejects.toMatchObject({
      kind: "configuration",
      code: "config.missing",
      message: expect.stringContaining(setting) as string,
    });
  });
});

test("what a bucket that is out cannot take is kept on the disk, and told in the health", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tintype-storage-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const storage = await createStorage(
    load({
      ...bucket,
      STORAGE: "minio",
      // Nobody listens there.
      S3_ENDPOINT: "http://127.0.0.1:1",
      S3_MAX_ATTEMPTS: "1",
      STORAGE_SECONDARY: "local",
      DATA_DIR: folder,
    }),
  );
  await storage.put(key, Uint8Array.of(1, 2, 3));
  expect(readFileSync(join(folder, "files", key))).toHaveLength(3);
  expect(await (await storage.get(key)).bytes()).toHaveLength(3);
  expect(await storage.url(key)).toBe("https://a.example/files/a%20b.png");
  expect(await storage.health()).toMatchObject({
    ok: true,
    message: expect.stringContaining("stands in") as string,
  });
});

describe("buckets of sources", () => {
  test("are the storage's own and those that settings name", async () => {
    const open = createBucketOpener(
      load({ ...bucket, S3_ENDPOINT: "http://127.0.0.1:9000", S3_SOURCE_BUCKETS: "old, older" }),
    );
    const url = async (name: string) => (await open(name)).url(key);
    expect(await url("cars")).toBe("http://127.0.0.1:9000/cars/a%20b.png");
    expect(await url("older")).toBe("http://127.0.0.1:9000/older/a%20b.png");
    await expect(open("secrets")).rejects.toMatchObject({
      kind: "forbidden",
      code: "source.bucket_denied",
    });
  });
});
