import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";
import { expect, onTestFinished, test, vi } from "vitest";

import { startWorkerProcess } from "./testing/worker-process.ts";

const patience = { timeout: 30_000, interval: 20 };
// Processes start slowly where many tests run at once.
const timeout = 90_000;

/** A drawing that takes a moment. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="20" fill="red"/></svg>`;
const input = {
  source: { kind: "bytes", data: Buffer.from(drawing).toString("base64") },
  variants: [{ name: "small", output: { format: "png" } }],
};

/** A queue that this process puts jobs into and does none of. */
async function queueIn(folder: string) {
  const runtime = await createRuntime(loadSettings({ DATA_DIR: folder }));
  onTestFinished(async () => runtime.close());
  return runtime.jobs();
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-worker-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a worker does the jobs of other processes, and tells of them", { timeout }, async () => {
  const folder = dataFolder();
  const queue = await queueIn(folder);
  await using worker = await startWorkerProcess({ DATA_DIR: folder });
  const { job } = await queue.submit({ kind: "process", input });
  expect(await queue.wait(job.id, 30_000)).toMatchObject({ state: "succeeded" });
  const [url = ""] = /http:\S+(?=\/health)/u.exec(worker.printed.out) ?? [];
  const health = (await (await fetch(`${url}/health`)).json()) as object;
  expect(health).toMatchObject({ status: "healthy", work: { running: 0 } });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('jobs_total{outcome="succeeded"} 1');
  expect((await fetch(url)).status).toBe(404);
  worker.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
  expect(worker.printed.error).not.toContain(`"level":"error"`);
});

test.each([
  [{ WORKER_MAX_JOBS: "1" }, "1 jobs are done"],
  // More is in use from the start.
  [{ WORKER_MAX_MEMORY: "64MB" }, "MB of memory are in use"],
])("a worker of %o starts afresh, and goes on", { timeout }, async (limit, reason) => {
  const folder = dataFolder();
  const queue = await queueIn(folder);
  await using worker = await startWorkerProcess({ DATA_DIR: folder, ...limit });
  for (let round = 0; round < 2; round += 1) {
    const { job } = await queue.submit({ kind: "process", input });
    expect(await queue.wait(job.id, 30_000)).toMatchObject({ state: "succeeded" });
  }
  await vi.waitFor(
    () => expect(worker.printed.out.match(/Starting afresh/gu)).toHaveLength(2),
    patience,
  );
  expect(worker.printed.out).toContain(reason);
  expect(worker.printed.error).not.toContain(`"level":"error"`);
});

test("a worker that can't start says why in a sentence", { timeout }, async () => {
  await using worker = await startWorkerProcess({ WORKER_PORT: "many" });
  expect(await worker.ended).toBe(1);
  expect(worker.printed.error).toContain("WORKER_PORT");
  expect(worker.printed.error).not.toMatch(/\bat /u);
});
