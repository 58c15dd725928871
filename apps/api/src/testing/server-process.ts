import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Environment } from "@tintype/config";

/** The service as a process of its own, started as `npm start` starts it. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Everything it printed so far. */
  readonly printed: { out: string; error: string };
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Starts the service on a free port with a folder of its own, and waits until it listens or ends. */
export async function startServer(environment: Environment = {}): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), "tintype-server-"));
  const main = ["--conditions=@tintype/source", "apps/api/src/main.ts"];
  const env = {
    PATH: process.env["PATH"],
    PORT: "0",
    DATA_DIR: folder,
    LOG_LEVEL: "warn",
    ...environment,
  };
  const child = spawn(process.execPath, main, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", error: "" };
  const ended = once(child, "close").then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals,
  );
  const listening = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.out += text;
      if (printed.out.includes("Ctrl-C")) resolve();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed.error += text;
    });
  });
  await Promise.race([listening, ended]);
  return {
    url: /listens on (\S+)/u.exec(printed.out)?.[1] ?? "",
    pid: child.pid ?? 0,
    printed,
    ended,
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How many pictures the service has in work. */
export async function runningAt(url: string): Promise<number> {
  const { work } = (await (await fetch(`${url}/health`)).json()) as { work: { running: number } };
  return work.running;
}
