import { parseKey } from "@tintype/storage";
import { expect, test } from "vitest";

import { connectS3, createS3Storage, type S3Connection } from "./index.ts";

const credentials = { accessKeyId: "id", secretAccessKey: "secret" };
const key = parseKey("a/b c.png");

test.each<[Omit<S3Connection, "bucket">, string]>([
  [{}, "https://cars.s3.us-east-1.amazonaws.com/a/b%20c.png"],
  [{ region: "eu-central-1" }, "https://cars.s3.eu-central-1.amazonaws.com/a/b%20c.png"],
  [
    { provider: "minio", endpoint: "http://127.0.0.1:9000" },
    "http://127.0.0.1:9000/cars/a/b%20c.png",
  ],
  [
    { provider: "minio", endpoint: "http://store.example:9000", pathStyle: false },
    "http://cars.store.example:9000/a/b%20c.png",
  ],
  [
    { provider: "spaces", region: "fra1" },
    "https://cars.fra1.cdn.digitaloceanspaces.com/a/b%20c.png",
  ],
  [{ provider: "r2", accountId: "abc" }, "https://cars.abc.r2.cloudflarestorage.com/a/b%20c.png"],
  [{ provider: "gcs" }, "https://cars.storage.googleapis.com/a/b%20c.png"],
])("%j leads to %s", async (connection, url) => {
  const storage = createS3Storage(connectS3({ bucket: "cars", credentials, ...connection }));
  expect(await storage.url(key)).toBe(url);
});

test("an address that expires leads past the CDN, as a CDN knows no signatures", async () => {
  const spaces = { provider: "spaces", region: "fra1", bucket: "cars", credentials } as const;
  const url = new URL(await createS3Storage(connectS3(spaces)).url(key, { expiresInSeconds: 60 }));
  expect(url.host).toBe("cars.fra1.digitaloceanspaces.com");
  expect(url.searchParams.get("X-Amz-Credential")).toContain("/us-east-1/s3/");
  expect(url.searchParams.get("X-Amz-Expires")).toBe("60");
});

test.each(["minio", "r2", "other"] as const)("%s needs an endpoint", (provider) => {
  expect(() => connectS3({ provider, bucket: "cars" })).toThrow(
    expect.objectContaining({ kind: "configuration", code: "storage.no_endpoint" }),
  );
});

test("checksums are made where the protocol requires them alone, unless asked for", async () => {
  const settings = { bucket: "cars", credentials };
  const { client } = connectS3(settings);
  expect(await client.config.requestChecksumCalculation()).toBe("WHEN_REQUIRED");
  const asked = connectS3({ ...settings, checksums: "when-supported" }).client;
  expect(await asked.config.requestChecksumCalculation()).toBe("WHEN_SUPPORTED");
  expect(await asked.config.responseChecksumValidation()).toBe("WHEN_SUPPORTED");
});
