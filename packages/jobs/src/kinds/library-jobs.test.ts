import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAssetLibrary } from "@tintype/assets";
import { openTestDatabase, sqliteEngine } from "@tintype/database/testing";
import { encode } from "@tintype/exporters";
import { gradient } from "@tintype/image-core/testing";
import { eicar } from "@tintype/scanner";
import { createMemoryScanner } from "@tintype/scanner/testing";
import { createMemoryStorage, parseKey } from "@tintype/storage";
import { expect, onTestFinished, test, vi } from "vitest";

import { createEmbeddedDispatcher } from "../embedded/embedded-dispatcher.ts";
import { createJobQueue } from "../job-queue.ts";
import { outputsOnRecord } from "../records/outputs-on-record.ts";
import { testQueues } from "../suite/test-queue.ts";
import { scanJob } from "./scan-job.ts";
import { sweepJob } from "./sweep-job.ts";

async function testLibrary() {
  const database = await openTestDatabase(sqliteEngine);
  const storage = createMemoryStorage();
  const incomingFolder = mkdtempSync(join(tmpdir(), "tintype-incoming-"));
  onTestFinished(() => rmSync(incomingFolder, { recursive: true }));
  const places = { storage, database, incomingFolder };
  const open = createAssetLibrary(places);
  const scanning = { scanner: createMemoryScanner({ maxBytes: 5000 }), mode: "fail-safe" } as const;
  const library = createAssetLibrary({ ...places, scanning });
  const queue = createJobQueue({
    database,
    dispatcher: createEmbeddedDispatcher(),
    kinds: [
      scanJob(async () => library),
      sweepJob({ assets: async () => library, storage, database: async () => database }),
    ],
  });
  const worker = queue.startWorker({ concurrency: 1 });
  onTestFinished(async () => worker.stop(0));
  const done = async (kind: string, input: object) =>
    queue.wait((await queue.submit({ kind, input })).job.id, 10_000);
  return { open, done, storage };
}

async function picture(more = Buffer.alloc(0)): Promise<Buffer> {
  return Buffer.concat([(await encode(gradient(24, 16, 3), { format: "png" })).data, more]);
}

test("a scan says what it found, and takes an infected picture away", async () => {
  const { open, done } = await testLibrary();
  const { id: clean } = await open.ingest({}, await picture());
  const { id: bad } = await open.ingest({}, await picture(Buffer.from(eicar())));
  expect((await done("scan", { asset: clean })).result).toEqual({ verdict: "clean" });
  expect((await done("scan", { asset: bad })).result).toMatchObject({ verdict: "infected" });
  await expect(open.get(bad)).rejects.toMatchObject({ code: "asset.not_found" });
});

test("a scan of what the scanner can't take fails, and is not tried again", async () => {
  const { open, done } = await testLibrary();
  const { id } = await open.ingest({}, await picture(Buffer.alloc(6000)));
  expect(await done("scan", { asset: id })).toMatchObject({
    state: "failed",
    attempts: 1,
    error: { code: "scan.no_verdict" },
  });
});

test("a sweep takes away pictures that came with no job, when they are old", async () => {
  const { done, storage } = await testLibrary();
  await storage.put(parseKey("inputs/lost"), Uint8Array.of(1));
  expect((await done("sweep", {})).result).toMatchObject({ inputs: 0 });
  const later = Date.now() + 2 * 60 * 60 * 1000;
  vi.spyOn(Date, "now").mockReturnValue(later);
  onTestFinished(() => void vi.restoreAllMocks());
  expect((await done("sweep", {})).result).toEqual({ files: 0, blobs: 0, inputs: 1 });
});

test("the files that results name are known, however deep they stand", async () => {
  const database = await openTestDatabase(sqliteEngine);
  const ground = { database, dispatcher: createEmbeddedDispatcher };
  const { queue, work } = testQueues(ground, {
    one: async () => ({ variants: [{ key: "outputs/a.png" }] }),
    many: async () => ({ results: [{ variants: [{ key: "outputs/b.png" }, { name: "c" }] }] }),
  });
  work();
  for (const deed of ["one", "many"]) {
    const { job } = await queue.submit({ kind: "process", input: { deed } });
    await queue.wait(job.id, 10_000);
  }
  expect(await outputsOnRecord(database.queries)).toEqual(
    new Set(["outputs/a.png", "outputs/b.png"]),
  );
});
