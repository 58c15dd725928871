import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

const main = join(import.meta.dirname, "../../apps/api/dist/main.js");

/** The API with its worker inside, as a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  /** The most memory that it had resident, in MB. */
  peakMb(): Promise<number>;
  /** Stops it as an orchestrator does; gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built service over a folder; asked the same again, it goes on where it was. */
export async function startService(dataDir: string, port = "0"): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: port, DATA_DIR: dataDir, LOG_LEVEL: "error" },
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/u.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      async peakMb() {
        const status = await readFile(`/proc/${child.pid}/status`, "utf8");
        return Number(/^VmHWM:\s+(\d+) kB/mu.exec(status)?.[1]) / 1024;
      },
      async stop() {
        child.kill("SIGTERM");
        return (await ended)[0];
      },
    };
  }
  throw new Error("The service ended before it listened.");
}
