import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** An API and a worker, each a process of its own, over one folder. */
export interface StartedService extends AsyncDisposable {
  readonly url: string;
  /** Ends the API in the middle of whatever it does. */
  readonly breakApi: () => Promise<void>;
  /** Starts the API again where it was. */
  readonly mendApi: () => Promise<void>;
  /** Ends the worker: what comes waits. */
  readonly breakWorker: () => Promise<void>;
  /** Ends the worker where it runs, and starts it with these settings more. */
  readonly mendWorker: (more?: Readonly<Record<string, string>>) => Promise<void>;
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Starts an API and a worker on free ports with a folder of their own. */
export async function startService(
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedService> {
  const folder = mkdtempSync(join(tmpdir(), "tintype-studio-"));
  const port = await freePort();
  const settings = { PORT: port, DATA_DIR: folder, WORKER_IN_API: "false", ...environment };
  const startApi = async () => start("apps/api/src/main.ts", settings, "Ctrl-C");
  const startWorker = async (more: Readonly<Record<string, string>> = {}) =>
    start("apps/worker/src/main.ts", { ...settings, WORKER_PORT: "0", ...more }, "/health");
  let api = await startApi();
  let worker = await startWorker();
  return {
    url: `http://127.0.0.1:${port}`,
    breakApi: async () => end(api),
    async mendApi() {
      api = await startApi();
    },
    breakWorker: async () => end(worker),
    async mendWorker(more) {
      await end(worker);
      worker = await startWorker(more);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([end(api), end(worker)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts an app, and waits until it says that it is ready. */
async function start(
  main: string,
  settings: Readonly<Record<string, string>>,
  ready: string,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--conditions=@tintype/source", main], {
    cwd: root,
    env: { PATH: process.env["PATH"], LOG_LEVEL: "error", ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const listening = new Promise<void>((resolve) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes(ready)) resolve();
    });
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`${main} ended before it was ready.`);
  });
  await Promise.race([listening, ended]);
  ended.catch(() => undefined);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(port);
}
