import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";

import { Ground } from "../services/ground.ts";
import { installPackages } from "../services/install-packages.ts";
import { postgres } from "../services/postgres.ts";
import { radosgw } from "../services/radosgw.ts";
import { redis } from "../services/redis.ts";

/** The servers of a service on many machines. */
export interface Servers extends AsyncDisposable {
  /** Settings that lead to PostgreSQL, Redis and S3. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends a server as a crash does, and starts it again after a time. */
  crash(name: "postgres" | "redis" | "s3", downMs: number): Promise<void>;
}

const bucket = "rehearsal";

/** Starts one PostgreSQL, one Redis and one S3 server. */
export async function startServers(): Promise<Servers> {
  installPackages([postgres, redis, radosgw].flatMap(({ packages }) => packages));
  const folder = mkdtempSync(join(tmpdir(), "tintype-servers-"));
  chmodSync(folder, 0o711);
  const grounds = {
    postgres: new Ground(join(folder, "postgres")),
    redis: new Ground(join(folder, "redis")),
    s3: new Ground(join(folder, "s3")),
  };
  const variables = {
    ...(await postgres.start(grounds.postgres)),
    ...(await redis.start(grounds.redis)),
    ...(await radosgw.start(grounds.s3)),
  } as Record<string, string>;
  const of = (name: string) => variables[name] ?? "";
  const s3 = {
    endpoint: of("TEST_S3_ENDPOINT"),
    id: of("TEST_S3_ACCESS_KEY_ID"),
    secret: of("TEST_S3_SECRET_ACCESS_KEY"),
  };
  await makeBucket(s3);
  return {
    environment: {
      DATABASE_URL: of("TEST_POSTGRES_URL"),
      REDIS_URL: of("TEST_REDIS_URL"),
      STORAGE: "s3",
      S3_BUCKET: bucket,
      S3_REGION: "us-east-1",
      S3_ENDPOINT: s3.endpoint,
      S3_ACCESS_KEY_ID: s3.id,
      S3_SECRET_ACCESS_KEY: s3.secret,
      S3_FORCE_PATH_STYLE: "true",
    },
    crash: async (name, downMs) => grounds[name].crash(downMs),
    async [Symbol.asyncDispose]() {
      for (const ground of Object.values(grounds)) await ground[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeBucket({
  endpoint,
  id,
  secret,
}: Readonly<Record<"endpoint" | "id" | "secret", string>>) {
  const client = new S3Client({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: id, secretAccessKey: secret },
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
}
