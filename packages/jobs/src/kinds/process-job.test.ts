import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAssetLibrary } from "@tintype/assets";
import { openTestDatabase, sqliteEngine } from "@tintype/database/testing";
import { encode } from "@tintype/exporters";
import { gradient } from "@tintype/image-core/testing";
import { createPipeline, type StoredVariant } from "@tintype/pipeline";
import { createMemoryStorage } from "@tintype/storage";
import { expect, onTestFinished, test } from "vitest";

import { createEmbeddedDispatcher } from "../embedded/embedded-dispatcher.ts";
import { createJobQueue } from "../job-queue.ts";
import { processJob } from "./process-job.ts";

const variants = [
  { name: "small", steps: [{ step: "resize", width: 8 }], output: { format: "png" } },
];

async function testProcessing() {
  const database = await openTestDatabase(sqliteEngine);
  const storage = createMemoryStorage();
  const incomingFolder = mkdtempSync(join(tmpdir(), "tintype-incoming-"));
  onTestFinished(() => rmSync(incomingFolder, { recursive: true }));
  const library = createAssetLibrary({ storage, database, incomingFolder });
  const pipeline = createPipeline({ storage });
  const queue = createJobQueue({
    database,
    dispatcher: createEmbeddedDispatcher(),
    kinds: [processJob({ pipeline, storage, assets: async () => library })],
  });
  const keys = async () => {
    const all: string[] = [];
    for await (const { key } of storage.list()) all.push(key);
    return all;
  };
  const work = () => {
    const worker = queue.startWorker({ concurrency: 1 });
    onTestFinished(async () => worker.stop(0));
  };
  return { queue, storage, library, database, pipeline, keys, work };
}

async function picture(): Promise<Buffer> {
  return (await encode(gradient(24, 16, 3), { format: "png" })).data;
}

test("a job gives the bytes that the direct call gives, and keeps its picture only until then", async () => {
  const { queue, storage, pipeline, keys, work, database } = await testProcessing();
  const source = { kind: "bytes", data: (await picture()).toString("base64") };
  const { job } = await queue.submit({ kind: "process", input: { source, variants } });
  expect(await keys()).toEqual([`inputs/${job.id}`]);
  const { input } = await database.queries
    .selectFrom("jobs")
    .select("input")
    .executeTakeFirstOrThrow();
  expect(input).not.toContain(source.data);
  work();
  const { state, result } = await queue.wait(job.id, 10_000);
  expect(state).toBe("succeeded");
  const direct = await pipeline.run(pipeline.parse({ source, variants }));
  const { key, sha256 } = direct.variants[0] as StoredVariant;
  expect(result).toMatchObject({ variants: [{ key, sha256 }] });
  expect(await storage.head(key)).toBeDefined();
  await expect.poll(async () => keys()).toEqual([key]);
});

test("the files of a picture in the library become its versions, once", async () => {
  const { queue, library, work, database } = await testProcessing();
  const { id } = await library.ingest({ name: "a.png" }, await picture());
  const { job } = await queue.submit({ kind: "process", input: { asset: { id }, variants } });
  work();
  const first = await queue.wait(job.id, 10_000);
  expect(first.result).toMatchObject({ asset: { id, name: "a.png" }, versions: { small: 2 } });
  // As a process leaves it that ended after the versions and before the record.
  await database.queries
    .updateTable("jobs")
    .set({ state: "running", lease: "dead", lease_until: 1, result: null })
    .execute();
  await expect
    .poll(async () => (await queue.get(job.id)).result, { timeout: 10_000 })
    .toMatchObject({ versions: { small: 2 } });
  expect((await library.get(id)).versions.map(({ number }) => number)).toEqual([0, 1, 2]);
});

test("a request that is not valid is refused before anything is kept", async () => {
  const { queue, library, keys } = await testProcessing();
  const { id } = await library.ingest({ name: "a.png" }, await picture());
  const before = await keys();
  const data = (await picture()).toString("base64");
  const submit = async (input: object) => queue.submit({ kind: "process", input });
  const source = { kind: "bytes", data };
  await expect(submit({ variants })).rejects.toMatchObject({ code: "job.invalid" });
  await expect(submit({ source, asset: { id }, variants })).rejects.toMatchObject({
    code: "job.invalid",
  });
  await expect(submit({ source })).rejects.toMatchObject({ code: "request.invalid" });
  await expect(submit({ source, preset: "no" })).rejects.toMatchObject({ code: "job.invalid" });
  expect(await keys()).toEqual(before);
});
