import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";

import pMap from "p-map";

import type { Answer, Greeting, Order, Outputs, Task } from "./protocol.ts";

/** How a contender does each job that it can do. */
export type Jobs = Readonly<Record<string, (task: Task) => Promise<Outputs>>>;

/** How a contender presents itself. */
export interface ServeOptions {
  readonly version: string;
  /** How many copies of a job it takes on at once; all of them when left out. */
  readonly atOnce?: number;
  /** Why it can do nothing here. */
  readonly absent?: string | undefined;
  /** Ms in each stage since it was last asked. */
  readonly takeStages?: () => Readonly<Record<string, number>>;
}

const resolutionMs = 4;

/** Makes this process a contender: greets, then answers one order a line until its input ends. */
export async function serveJobs(jobs: Jobs, options: ServeOptions): Promise<void> {
  const { version, absent } = options;
  say({ jobs: absent ? [] : Object.keys(jobs), version, ...(absent && { absent }) });
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      say(await answer(JSON.parse(line) as Order, jobs, options));
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function answer(
  { task, copies, keep }: Order,
  jobs: Jobs,
  { atOnce = Number.POSITIVE_INFINITY, takeStages }: ServeOptions,
): Promise<Answer> {
  const run = jobs[`${task.job}:${task.part}`] ?? jobs[task.job];
  if (!run) throw new Error(`can't do ${task.job} ${task.part}`);
  const loop = monitorEventLoopDelay({ resolution: resolutionMs });
  loop.enable();
  const cpuBefore = cpuMs();
  const started = performance.now();
  const done = await pMap(
    Array.from({ length: copies }),
    async () => ({ outputs: await run(task), latencyMs: performance.now() - started }),
    { concurrency: atOnce },
  );
  const elapsedMs = performance.now() - started;
  const spent = cpuMs() - cpuBefore;
  loop.disable();
  const outputs = Object.entries(done[0]?.outputs ?? {});
  if (keep !== undefined) {
    await Promise.all(outputs.map(([name, bytes]) => writeFile(join(keep, name), bytes)));
  }
  return {
    elapsedMs,
    cpuMs: spent,
    latenciesMs: done.map(({ latencyMs }) => latencyMs),
    blockMs: Math.max(0, loop.max / 1e6 - resolutionMs),
    ...(takeStages && { stageMs: takeStages() }),
    bytes: Object.fromEntries(outputs.map(([name, bytes]) => [name, bytes.length])),
  };
}

/** Of this process and of the children that it has waited for; of the latter in steps of 10 ms. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childrenCpuMs();
}

function childrenCpuMs(): number {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function say(line: Greeting | Answer | { readonly error: string }): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
