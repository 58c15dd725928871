import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { loadSettings } from "@tintype/config";
import { createRuntime, type Runtime } from "@tintype/runtime";

import { allEnded } from "./all-ended.ts";
import { startApp, type AppProcess } from "./app-process.ts";
import { judgeJobs, type Verdict } from "./judge-jobs.ts";
import { mixedJobs } from "./mixed-jobs.ts";
import { submitUntilAccepted } from "./submit-jobs.ts";

/** What is killed, how often, and over how many jobs. */
export interface KillLoop {
  /** `api`: an API that accepts jobs and does them; `worker`: workers alone, jobs are put in by this process. */
  readonly app: "api" | "worker";
  readonly kills: number;
  readonly jobs: number;
  /** Leads to the servers; nothing for the embedded database. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Hears how far it is. */
  readonly say?: (line: string) => void;
}

/** Kills one process after the other in the middle of their work, while jobs come in, lets a last one finish, and judges what became of them. */
export async function killLoop(loop: KillLoop): Promise<Verdict> {
  const { app, kills, jobs, environment, say = () => undefined } = loop;
  const folder = mkdtempSync(join(tmpdir(), "tintype-kills-"));
  const shared = { DATA_DIR: folder, CLEANUP_SCHEDULE: "off", ...environment };
  const runtime = await createRuntime(loadSettings(shared));
  try {
    const [queue, mix] = [await runtime.jobs(), await mixedJobs(runtime)];
    let victim: AppProcess | undefined;
    const urlNow = () => victim?.url ?? "http://127.0.0.1:9";
    const submit = async (index: number) => {
      const wish = mix(index);
      if (app === "api") return (await submitUntilAccepted(wish, `key ${index}`, urlNow)).id;
      return (await queue.submit(wish)).job.id;
    };
    const submissions: Promise<string>[] = [];
    let next = startApp(app, shared);
    for (let kill = 1; kill <= kills; kill += 1) {
      victim = await next;
      // It starts while this one works, so that there is always work in progress.
      next = startApp(app, shared);
      const until = Math.round((jobs * kill) / kills);
      while (submissions.length < until) submissions.push(submit(submissions.length));
      await somethingIsDone(runtime);
      await sleep(Math.random() * 300);
      await victim.kill();
      if (kill % 10 === 0) say(`${kill} kills, ${submissions.length} jobs`);
    }
    await using last = await next;
    victim = last;
    const accepted = await Promise.all(submissions);
    await allEnded(queue);
    return await judgeJobs(runtime, accepted);
  } finally {
    await runtime.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const patienceMs = 5000;

/** Waits until a process has just taken a job into its hands, or for some seconds. */
async function somethingIsDone(runtime: Runtime): Promise<void> {
  const { queries } = await runtime.database();
  const end = performance.now() + patienceMs;
  for (let isHeld = false; !isHeld && performance.now() < end; await sleep(5)) {
    // A lease lasts ten seconds: those of processes that were killed before are older.
    const held = queries
      .selectFrom("jobs")
      .select("id")
      .where("lease_until", ">", Date.now() + 9500);
    isHeld = (await held.executeTakeFirst()) !== undefined;
  }
}
