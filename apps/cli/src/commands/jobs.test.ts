import { loadSettings } from "@tintype/config";
import type { Job } from "@tintype/jobs";
import { createRuntime, startWorker } from "@tintype/runtime";
import { expect, onTestFinished, test } from "vitest";

import { samplePng, testFolder, tintype } from "../testing/test-terminal.ts";

/** A service's folder with a queue, and the command line over it. */
async function testJobs() {
  const environment = { DATA_DIR: testFolder() };
  const runtime = await createRuntime(loadSettings(environment));
  onTestFinished(async () => runtime.close());
  const queue = await runtime.jobs();
  const submit = async (data: Uint8Array) => {
    const source = { kind: "bytes", data: Buffer.from(data).toString("base64") };
    const variants = [{ name: "a", output: { format: "png" } }];
    return (await queue.submit({ kind: "process", input: { source, variants } })).job;
  };
  const jobs = async (...words: readonly string[]) => tintype(["jobs", ...words], { environment });
  const work = async () => {
    const worker = await startWorker(runtime);
    onTestFinished(async () => worker.stop(0));
  };
  return { submit, jobs, work };
}

test("jobs are listed and shown, as a table or as JSON", async () => {
  const { submit, jobs } = await testJobs();
  const { id } = await submit(await samplePng());
  expect((await jobs("list")).stdout).toMatch(
    new RegExp(`^${id}  .*  process  queued  0 %\n$`, "u"),
  );
  expect((await jobs("list", "--state", "failed")).stdout).toBe("");
  expect((await jobs("show", id)).stdout).toMatch(/^state +queued$/mu);
  const { stdout } = await jobs("list", "--json", "--limit", "1");
  expect(JSON.parse(stdout)).toMatchObject({ jobs: [{ id, state: "queued" }] });
});

test("a job is canceled, and done again when it is told to", async () => {
  const { submit, jobs, work } = await testJobs();
  const { id } = await submit(await samplePng());
  expect((await jobs("cancel", id)).stdout).toContain("canceled");
  expect((await jobs("watch", id)).exitCode).toBe(1);
  expect((await jobs("retry", id)).stdout).toContain("queued");
  await work();
  const watched = await jobs("watch", id, "--json");
  expect(watched.exitCode).toBe(0);
  expect(JSON.parse(watched.stdout) as Job).toMatchObject({ id, state: "succeeded" });
});

test("a job that fails ends its watcher with its error's code", async () => {
  const { submit, jobs, work } = await testJobs();
  const { id } = await submit(Buffer.from("no picture"));
  await work();
  const { exitCode, stdout } = await jobs("watch", id);
  expect(exitCode).toBe(4);
  expect(stdout).toContain("image.unknown_type");
});

test("a job that is not there is said so", async () => {
  const { jobs } = await testJobs();
  expect(await jobs("show", "nobody")).toMatchObject({
    exitCode: 6,
    stderr: expect.stringContaining("job.not_found") as string,
  });
  expect(await jobs("tell", "nobody")).toMatchObject({ exitCode: 6 });
});
