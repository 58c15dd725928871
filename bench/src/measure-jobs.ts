import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import pMap from "p-map";

import { picture } from "./pictures.ts";
import type { JobsResult } from "./report.ts";
import { startService } from "./service-process.ts";
import { percentile } from "./statistics.ts";

/** What brings jobs to workers, and the settings that lead to it; servers are measured where the environment names them. */
function dispatchers(): readonly (readonly [name: string, environment: Record<string, string>])[] {
  const { TEST_POSTGRES_URL: DATABASE_URL, TEST_REDIS_URL: REDIS_URL } = process.env;
  return [
    ["embedded", {}],
    ...(DATABASE_URL === undefined ? [] : [["PostgreSQL", { DATABASE_URL }] as const]),
    ...(DATABASE_URL === undefined || REDIS_URL === undefined
      ? []
      : [["Redis", { DATABASE_URL, REDIS_URL }] as const]),
  ];
}

/** How soon jobs begin, on an idle system and under load, and what a job costs more than the direct call. */
export async function measureJobs(count: number): Promise<readonly JobsResult[]> {
  return pMap(
    dispatchers(),
    async ([dispatcher, environment]) => measureOne(dispatcher, environment, count),
    { concurrency: 1 },
  );
}

async function measureOne(
  dispatcher: string,
  environment: Readonly<Record<string, string>>,
  count: number,
): Promise<JobsResult> {
  const dataDir = await mkdtemp(join(tmpdir(), "tintype-bench-jobs-"));
  await mkdir(join(dataDir, "files"), { recursive: true });
  await copyFile(await picture("photo-12mp.jpg"), join(dataDir, "files", "photo.jpg"));
  const service = await startService(dataDir, environment);
  try {
    const { job, call } = client(service.url);
    await pMap(each(10), job, { concurrency: 2 });
    const alone = await pMap(each(count), job, { concurrency: 1 });
    const together = await pMap(each(count * 2), job, { concurrency: clientsUnderLoad });
    const called = await pMap(each(count), call, { concurrency: 1 });
    const waits = (jobs: readonly Timed[]) => jobs.map(({ waitedMs }) => waitedMs);
    return {
      dispatcher,
      idleP50Ms: percentile(waits(alone), 0.5),
      idleP95Ms: percentile(waits(alone), 0.95),
      loadedP50Ms: percentile(waits(together), 0.5),
      loadedP95Ms: percentile(waits(together), 0.95),
      jobP50Ms: percentile(
        alone.map(({ ms }) => ms),
        0.5,
      ),
      directP50Ms: percentile(called, 0.5),
    };
  } finally {
    await service.stop();
    await rm(dataDir, { recursive: true });
  }
}

/** Each sends its next job when its last one has ended. */
const clientsUnderLoad = 8;

interface Timed {
  /** From acceptance to the begin of the work, as the record has it. */
  readonly waitedMs: number;
  /** From request to answer. */
  readonly ms: number;
}

let turn = 0;

/** Asks for pictures of which no two are the same, as jobs that are waited for and by the direct call. */
function client(url: string) {
  const send = async (path: string, body: (work: object) => object) => {
    turn += 1;
    const work = {
      source: { kind: "stored", key: "photo.jpg" },
      steps: [{ step: "resize", width: 600 + (turn % 400) }],
      variants: [{ name: `small-${turn}`, output: { format: "webp", quality: 80 } }],
    };
    const from = performance.now();
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", prefer: "wait=60" },
      body: JSON.stringify(body(work)),
    });
    const answer = (await response.json()) as Record<string, string>;
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return { answer, ms: performance.now() - from };
  };
  return {
    job: async (): Promise<Timed> => {
      const { answer, ms } = await send("/api/v1/jobs", (input) => ({ kind: "process", input }));
      const { createdAt = "", startedAt = "" } = answer;
      return { waitedMs: Date.parse(startedAt) - Date.parse(createdAt), ms };
    },
    call: async () => (await send("/api/v1/process-image", (work) => work)).ms,
  };
}

function each(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
