import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { Environment } from "@tintype/config";

/** A worker as a process of its own. */
export interface WorkerProcess extends AsyncDisposable {
  readonly pid: number;
  /** Everything it printed so far. */
  readonly printed: { out: string; error: string };
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Starts a worker, and waits until it does jobs or ends. */
export async function startWorkerProcess(environment: Environment): Promise<WorkerProcess> {
  const main = ["--conditions=@tintype/source", "apps/worker/src/main.ts"];
  const env = { PATH: process.env["PATH"], WORKER_PORT: "0", ...environment };
  const child = spawn(process.execPath, main, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", error: "" };
  const ended = once(child, "close").then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals,
  );
  const working = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.out += text;
      if (printed.out.includes("/health")) resolve();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed.error += text;
    });
  });
  await Promise.race([working, ended]);
  return {
    pid: child.pid ?? 0,
    printed,
    ended,
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
