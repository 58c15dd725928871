import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";

import pMap from "p-map";

import { picture } from "./pictures.ts";
import type { ServiceResult } from "./report.ts";
import { tunedEnvironment } from "./start-contender.ts";
import { percentile } from "./statistics.ts";

/** A server, and how it is asked for a picture of some width. */
interface Service {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ask: (url: string, width: number) => Promise<Response>;
}

const checkout = join(import.meta.dirname, "../..");
const contender = (name: string) => join(import.meta.dirname, "contenders", `${name}.ts`);

/** Job J4 over HTTP at these numbers of clients: the API, a bare server and ipx, each on its own in turn. */
export async function measureService(
  clients: readonly number[],
  requestsPerClient: number,
): Promise<readonly ServiceResult[]> {
  const input = await picture("photo-12mp.jpg");
  const dataDir = await mkdtemp(join(tmpdir(), "tintype-bench-service-"));
  await mkdir(join(dataDir, "files"), { recursive: true });
  await copyFile(input, join(dataDir, "files", "photo.jpg"));
  try {
    const measured = await pMap(
      services(input, dataDir),
      (one) => underLoad(one, clients, requestsPerClient),
      {
        concurrency: 1,
      },
    );
    return measured.flat();
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

function services(input: string, dataDir: string): readonly Service[] {
  return [
    {
      name: "bare node",
      command: [contender("bare-server"), input],
      environment: tunedEnvironment,
      ask: (url, width) => fetch(`${url}/?width=${width}`),
    },
    {
      name: "tintype",
      command: [join(checkout, "apps/api/dist/main.js")],
      environment: { PORT: "0", DATA_DIR: dataDir },
      ask: (url, width) =>
        fetch(`${url}/api/v1/process-image`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            source: { kind: "stored", key: "photo.jpg" },
            steps: [{ step: "resize", width }],
            variants: [{ name: "small", output: { format: "webp", quality: 80 } }],
          }),
        }),
    },
    {
      name: "ipx",
      command: [contender("ipx-server"), dirname(input)],
      ask: (url, width) => fetch(`${url}/w_${width},f_webp,q_80/${basename(input)}`),
    },
  ];
}

async function underLoad(
  service: Service,
  allClients: readonly number[],
  requestsPerClient: number,
): Promise<readonly ServiceResult[]> {
  const results: ServiceResult[] = [];
  for (const clients of allClients) {
    const server = spawn(process.execPath, service.command, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...service.environment },
    });
    const ended = once(server, "exit");
    try {
      const url = await addressIn(server.stdout);
      await (await service.ask(url, 640)).arrayBuffer();
      results.push(await load(service, url, server.pid ?? 0, clients, clients * requestsPerClient));
    } finally {
      server.kill();
      await ended;
    }
  }
  return results;
}

async function load(
  { name, ask }: Service,
  url: string,
  pid: number,
  clients: number,
  requests: number,
): Promise<ServiceResult> {
  const cpuBefore = await cpuMsOf(pid);
  const started = performance.now();
  const answers = await pMap(
    // No two neighbors ask for the same, so that no cache helps.
    Array.from({ length: requests }, (_, index) => 700 + (index % 200)),
    async (width) => {
      const from = performance.now();
      const response = await ask(url, width);
      await response.arrayBuffer();
      return { ok: response.ok, ms: performance.now() - from };
    },
    { concurrency: clients },
  );
  const seconds = (performance.now() - started) / 1000;
  const latencies = answers.map(({ ms }) => ms);
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return {
    server: name,
    format: "webp",
    clients,
    requestsPerSecond: requests / seconds,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    cpuMsPerRequest: ((await cpuMsOf(pid)) - cpuBefore) / requests,
    peakMb: Number(/^VmHWM:\s+(\d+) kB/mu.exec(status)?.[1]) / 1024,
    failures: answers.filter(({ ok }) => !ok).length,
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

/** User and system time of a process, which the kernel counts in hundredths of a second. */
async function cpuMsOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "latin1")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
