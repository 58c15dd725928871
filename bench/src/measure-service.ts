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
import { percentile, shuffled, spreadOf } from "./statistics.ts";

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
/** What is asked for, by how many clients at once, how many times as often as it was told to. */
const asked: readonly (readonly [ServiceFormat, number, number])[] = [
  ["jpeg", 8, 1],
  ["webp", 8, 1],
  // ipx takes a second for each.
  ["avif", 8, 0.25],
  ["webp", 32, 0.25],
];
const warmUps = 24;
const rounds = 9;
const contender = (name: string) => join(import.meta.dirname, "contenders", `${name}.ts`);

/**
 * Pictures of 12 megapixels made to fit 512 px over HTTP: by URL, by a bare server and by ipx. All servers of a load
 * run side by side, and get their requests in turn, round by round; ratios are to the first, round by round too.
 */
export async function measureService(requestsPerClient: number): Promise<readonly ServiceResult[]> {
  const input = await picture("photo-12mp.jpg");
  const folder = await mkdtemp(join(tmpdir(), "tintype-bench-service-"));
  try {
    const all = await services(input, folder);
    const results = await pMap(asked, (load) => underLoad(all, load, requestsPerClient), {
      concurrency: 1,
    });
    return all.flatMap(({ name }) => results.flat().filter(({ server }) => server === name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function services(input: string, folder: string): Promise<readonly Service[]> {
  const api = async (name: string) => {
    const dataDir = join(folder, name);
    await mkdir(join(dataDir, "files"), { recursive: true });
    await copyFile(input, join(dataDir, "files", "photo.jpg"));
    return { PORT: "0", DATA_DIR: dataDir, IMG_UNSIGNED: "true", LOG_LEVEL: "error" };
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
      command: [apiMain],
      environment: { ...(await api("uncached")), RESULT_CACHE: "false" },
      // Equal requests at once would be made a single time.
      path: (format, index) => `/img/unsafe/cb:${index}/${photoAs(format)}`,
    },
    {
      name: "tintype, cached",
      command: [apiMain],
      environment: await api("cached"),
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

/** A server that runs, and what it did in each round. */
interface Running extends AsyncDisposable {
  readonly service: Service;
  readonly url: string;
  readonly pid: number;
  readonly rounds: Round[];
}

interface Round {
  readonly seconds: number;
  readonly cpuMs: number;
  readonly latenciesMs: readonly number[];
  readonly failures: number;
}

async function underLoad(
  all: readonly Service[],
  [format, clients, share]: (typeof asked)[number],
  requestsPerClient: number,
): Promise<readonly ServiceResult[]> {
  await using stack = new AsyncDisposableStack();
  const running: Running[] = [];
  for (const service of all) running.push(stack.use(await start(service)));
  for (const server of running) await ask(server, format, clients, warmUps);
  for (let round = 0; round < rounds; round += 1) {
    for (const server of shuffled(running)) {
      const requests = clients * requestsPerClient * share * (server.service.times ?? 1);
      server.rounds.push(await ask(server, format, clients, requests, round));
    }
  }
  const [first] = running;
  return first ? running.map((server) => resultOf(server, first, format, clients)) : [];
}

async function start(service: Service): Promise<Running> {
  const server = spawn(process.execPath, service.command, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...service.environment },
  });
  const ended = once(server, "exit");
  return {
    service,
    url: await addressIn(server.stdout),
    pid: server.pid ?? 0,
    rounds: [],
    async [Symbol.asyncDispose]() {
      server.kill();
      await ended;
    },
  };
}

async function ask(
  { service: { path }, url, pid }: Running,
  format: ServiceFormat,
  clients: number,
  requests: number,
  round = -1,
): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const cpuBefore = await cpuMsOf(pid);
  const started = performance.now();
  const answers = await pMap(
    Array.from({ length: requests }, (_, at) => `${url}${path(format, round * requests + at)}`),
    async (address) => {
      const from = performance.now();
      const ok = await isAnswered(address, agent);
      return { ok, ms: performance.now() - from };
    },
    { concurrency: clients },
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return {
    seconds,
    cpuMs: (await cpuMsOf(pid)) - cpuBefore,
    latenciesMs: answers.map(({ ms }) => ms),
    failures: answers.filter(({ ok }) => !ok).length,
  };
}

function resultOf(
  { service, pid, rounds: done }: Running,
  first: Running,
  format: ServiceFormat,
  clients: number,
): ServiceResult {
  const rates = done.map(rateOf);
  const bases = first.rounds.map(rateOf);
  const ratios = rates.map((rate, round) => rate / (bases[round] ?? Number.NaN));
  const latencies = done.flatMap(({ latenciesMs }) => latenciesMs);
  const sum = (what: "cpuMs" | "failures") => done.reduce((all, round) => all + round[what], 0);
  return {
    server: service.name,
    format,
    clients,
    requestsPerSecond: spreadOf(rates).median,
    requestsRatio: spreadOf(ratios).median,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    cpuMsPerRequest: sum("cpuMs") / latencies.length,
    peakMb: memoryMb(pid, "VmHWM"),
    failures: sum("failures"),
  };
}

function rateOf({ latenciesMs, seconds }: Round): number {
  return latenciesMs.length / seconds;
}

/** Reads an answer to its end, and says whether it is one; `fetch` would take more time than some servers. */
async function isAnswered(address: string, agent: Agent): Promise<boolean> {
  const request = get(address, { agent });
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
