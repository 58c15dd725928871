import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { memoryMb } from "./process-memory.ts";

/** The program of the built service. */
export const apiMain = join(import.meta.dirname, "../../apps/api/dist/main.js");

/** The API with its worker inside, as a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  /** The most memory that it had resident, in MB. */
  peakMb(): number;
  /** Stops it as an orchestrator does; gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built service over a folder; asked the same again, it goes on where it was. */
export async function startService(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [apiMain], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "error", ...environment },
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  return {
    url: await addressIn(child.stdout),
    peakMb: () => memoryMb(child.pid, "VmHWM"),
    async stop() {
      child.kill("SIGTERM");
      return (await ended)[0];
    },
  };
}

/** The first address that a server prints. */
export async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const found = /http:\/\/\S+/u.exec(line)?.[0];
    if (found !== undefined) {
      output.resume();
      return found;
    }
  }
  throw new Error("the server ended before it listened");
}
