import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import pMap from "p-map";

import { picture } from "./pictures.ts";
import { memoryMb } from "./process-memory.ts";
import type { ServiceResult } from "./report.ts";
import { addressIn, apiMain } from "./service-process.ts";
import { tunedEnvironment } from "./start-contender.ts";
import { percentile } from "./statistics.ts";

/** A server that makes a picture fit into 512 px, and the path of the nth request for that. */
interface Service {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly path: (format: ServiceFormat, index: number) => string;
  /** How many times as many requests as others it gets: one that has little to do is measured for longer. */
  readonly times?: number;
}

type ServiceFormat = keyof typeof qualities;

const qualities = { jpeg: 80, webp: 80, avif: 50 } as const;
/** What is asked for, by how many clients at once. */
const asked: readonly (readonly [ServiceFormat, number])[] = [
  ["jpeg", 8],
  ["webp", 8],
  ["avif", 8],
  ["webp", 32],
];
const warmUps = 24;
const contender = (name: string) => join(import.meta.dirname, "contenders", `${name}.ts`);

/** Pictures of 12 megapixels made to fit 512 px over HTTP: by URL, by a bare server and by ipx, each on its own in turn. */
export async function measureService(requestsPerClient: number): Promise<readonly ServiceResult[]> {
  const input = await picture("photo-12mp.jpg");
  const dataDir = await mkdtemp(join(tmpdir(), "tintype-bench-service-"));
  await mkdir(join(dataDir, "files"), { recursive: true });
  await copyFile(input, join(dataDir, "files", "photo.jpg"));
  const loads = services(input, dataDir).flatMap((service) =>
    asked.map(([format, clients]) => ({ service, format, clients })),
  );
  try {
    return await pMap(loads, (load) => underLoad(load, requestsPerClient), { concurrency: 1 });
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

function services(input: string, dataDir: string): readonly Service[] {
  const api = {
    command: [apiMain],
    environment: { PORT: "0", DATA_DIR: dataDir, IMG_UNSIGNED: "true", LOG_LEVEL: "error" },
  };
  return [
    {
      name: "bare node",
      command: [contender("bare-server"), input],
      environment: tunedEnvironment,
      path: (format) => `/${format}?quality=${qualities[format]}`,
    },
    {
      name: "tintype",
      ...api,
      environment: { ...api.environment, RESULT_CACHE: "false" },
      // Equal requests at once would be made a single time.
      path: (format, index) => `/img/unsafe/cb:${index}/${photoAs(format)}`,
    },
    {
      name: "tintype, cached",
      ...api,
      path: (format) => `/img/unsafe/${photoAs(format)}`,
      times: 40,
    },
    {
      name: "ipx",
      command: [contender("ipx-server"), dirname(input)],
      path: (format) =>
        `/s_512x512,fit_inside,f_${format},q_${qualities[format]}/${basename(input)}`,
    },
  ];
}

function photoAs(format: ServiceFormat): string {
  return `rs:fit:512:512/q:${qualities[format]}/plain/local:///photo.jpg@${format}`;
}

interface Load {
  readonly service: Service;
  readonly format: ServiceFormat;
  readonly clients: number;
}

async function underLoad(load: Load, requestsPerClient: number): Promise<ServiceResult> {
  const { service, format } = load;
  const server = spawn(process.execPath, service.command, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...service.environment },
  });
  const ended = once(server, "exit");
  try {
    const url = await addressIn(server.stdout);
    // As warm as a server that has run for a while.
    await pMap(
      Array.from({ length: warmUps }),
      async (_, index) => ask(`${url}${service.path(format, -index - 1)}`),
      { concurrency: load.clients },
    );
    return await measure(load, url, server.pid ?? 0, requestsPerClient);
  } finally {
    server.kill();
    await ended;
  }
}

async function measure(
  { service: { name, path, times = 1 }, format, clients }: Load,
  url: string,
  pid: number,
  requestsPerClient: number,
): Promise<ServiceResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const requests = clients * requestsPerClient * times;
  const cpuBefore = await cpuMsOf(pid);
  const started = performance.now();
  const answers = await pMap(
    Array.from({ length: requests }, (_, index) => `${url}${path(format, index)}`),
    async (address) => {
      const from = performance.now();
      const ok = await ask(address, agent);
      return { ok, ms: performance.now() - from };
    },
    { concurrency: clients },
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  const latencies = answers.map(({ ms }) => ms);
  return {
    server: name,
    format,
    clients,
    requestsPerSecond: requests / seconds,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    cpuMsPerRequest: ((await cpuMsOf(pid)) - cpuBefore) / requests,
    peakMb: memoryMb(pid, "VmHWM"),
    failures: answers.filter(({ ok }) => !ok).length,
  };
}

/** Reads an answer to its end, and says whether it is one; `fetch` would take more time than some servers. */
async function ask(address: string, agent?: Agent): Promise<boolean> {
  const request = get(address, agent ? { agent } : {});
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return response.statusCode === 200;
}
/** User and system time of a process, which the kernel counts in hundredths of a second. */
async function cpuMsOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "latin1")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
