import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { loadSettings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";

import { allEnded } from "./all-ended.ts";
import { startApp } from "./app-process.ts";
import { judgeJobs, type Verdict } from "./judge-jobs.ts";
import { mixedJobs } from "./mixed-jobs.ts";
import { startServers } from "./servers.ts";
import { submitUntilAccepted } from "./submit-jobs.ts";

const downMs = 5000;

/** Sends mixed jobs to two APIs in front of three workers, ends each server in the middle and starts it again five seconds later, and judges what became of the jobs. */
export async function outages(jobs: number, say: (line: string) => void): Promise<Verdict> {
  await using servers = await startServers();
  const folder = mkdtempSync(join(tmpdir(), "tintype-outages-"));
  const shared = { DATA_DIR: folder, CLEANUP_SCHEDULE: "off", ...servers.environment };
  await using stack = new AsyncDisposableStack();
  const runtime = await createRuntime(loadSettings(shared));
  stack.defer(async () => {
    await runtime.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const [queue, mix] = [await runtime.jobs(), await mixedJobs(runtime)];
  const apis = await Promise.all(
    [1, 2].map(async () => stack.use(await startApp("api", { ...shared, WORKER_IN_API: "false" }))),
  );
  for (let worker = 0; worker < 3; worker += 1) stack.use(await startApp("worker", shared));

  const accepted: string[] = [];
  let [sent, ended] = [0, 0];
  const client = async () => {
    for (let index = sent++; index < jobs; index = sent++) {
      // Both APIs in turn, and the other one where one does not answer.
      let turn = index;
      const urlNow = () => apis[turn++ % apis.length]?.url ?? "";
      accepted.push((await submitUntilAccepted(mix(index), `key ${index}`, urlNow)).id);
      // No more than this may wait, so that work comes in all the while.
      while (accepted.length - ended > 150) await sleep(50);
    }
  };
  const watching = setInterval(() => {
    queue
      .state()
      .then(({ jobs: { queued, running } }) => (ended = accepted.length - queued - running))
      .catch(() => undefined);
  }, 200);
  stack.defer(() => clearInterval(watching));
  const clients = Promise.all(Array.from({ length: 8 }, client));
  for (const [name, share] of [
    ["redis", 0.2],
    ["postgres", 0.45],
    ["s3", 0.7],
  ] as const) {
    while (accepted.length < jobs * share) await sleep(50);
    say(`${name} ends after ${accepted.length} jobs were accepted.`);
    await servers.crash(name, downMs);
    say(`${name} is back; ${accepted.length} are accepted.`);
  }
  await clients;
  await allEnded(queue);
  // Awaited here: the servers end with this function.
  return await judgeJobs(runtime, accepted);
}
