import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

import { memoryMb } from "./process-memory.ts";
import type { Answer, Failure, Greeting, Order } from "./protocol.ts";

/** How a contender is started. */
export interface ContenderSpec {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Settings of the process, besides those of this one. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the distance to it is large, so that few runs tell it; true when left out. */
  readonly isPeer?: boolean;
}

/** A contender's process, ready for orders. */
export interface Contender extends AsyncDisposable {
  readonly name: string;
  readonly greeting: Greeting;
  /** Resident memory before the first order, in MB. */
  readonly idleMb: number;
  does(job: string, part: string): boolean;
  /** Hands over one order and waits for its answer; throws what the contender failed with. */
  run(order: Order): Promise<Answer>;
  /** The most resident memory so far, in MB. */
  peakMb(): number;
  /** Resident memory now, in MB. */
  residentMb(): number;
}

/** The settings that an app of this project starts itself with, and that whoever tunes sharp by hand takes too. */
export const tunedEnvironment = {
  MALLOC_ARENA_MAX: "2",
  UV_THREADPOOL_SIZE: String(availableParallelism() + 2),
};

/** Starts a contender and waits for its greeting. */
export async function startContender({
  name,
  command: [program, ...options],
  environment = {},
}: ContenderSpec): Promise<Contender> {
  const process_ = spawn(program, options, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const ended = once(process_, "exit").then(() => undefined);
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
  const next = async <Line>(): Promise<Line> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${name} ended before it answered`);
    return JSON.parse(line.value) as Line;
  };
  const greeting = await next<Greeting>();
  const memory = (field: "VmRSS" | "VmHWM") =>
    greeting.jobs.length > 0 ? memoryMb(process_.pid, field) : 0;
  return {
    name,
    greeting,
    idleMb: memory("VmRSS"),
    does: (job, part) => greeting.jobs.some((done) => done === job || done === `${job}:${part}`),
    async run(order) {
      process_.stdin.write(`${JSON.stringify(order)}\n`);
      const answer = await next<Answer | Failure>();
      if ("error" in answer) throw new Error(`${name}: ${answer.error}`);
      return answer;
    },
    peakMb: () => memory("VmHWM"),
    residentMb: () => memory("VmRSS"),
    async [Symbol.asyncDispose]() {
      process_.stdin.end();
      await ended;
    },
  };
}
