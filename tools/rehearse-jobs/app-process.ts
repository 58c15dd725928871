import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

/** An app of this repository as a process of its own. */
export interface AppProcess extends AsyncDisposable {
  readonly pid: number;
  /** Where it answers by HTTP. */
  readonly url: string;
  /** Ends it at once, without a word. */
  kill(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");

const commonEnvironment = {
  PATH: process.env["PATH"],
  PORT: "0",
  WORKER_PORT: "0",
  LOG_LEVEL: "error",
  // As the apps set them themselves, by starting over.
  MALLOC_ARENA_MAX: "2",
  UV_THREADPOOL_SIZE: String(availableParallelism() + 2),
  // A process that is started a hundred times reads its sources once.
  NODE_COMPILE_CACHE: join(tmpdir(), "tintype-compile-cache"),
};

/** Starts an app from its sources on a free port, and waits until it says where it is. */
export async function startApp(
  app: "api" | "worker",
  environment: Readonly<Record<string, string>>,
): Promise<AppProcess> {
  const words = ["--conditions=@tintype/source", join(root, "apps", app, "src/main.ts")];
  const child = spawn(process.execPath, words, {
    env: { ...commonEnvironment, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let [printed, complaint] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const found = /http:\/\/[^\s/]+:\d+/u.exec(printed)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`The ${app} ended before it began: ${complaint}`)));
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { pid: child.pid ?? 0, url, kill, [Symbol.asyncDispose]: kill };
}
