/** Rehearses what must not happen to jobs, and measures how they go: `node tools/rehearse-jobs/main.ts` says how. */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { drawChart } from "./draw-chart.ts";
import type { Verdict } from "./judge-jobs.ts";
import { killLoop } from "./kill-loop.ts";
import { memory } from "./memory.ts";
import { outages } from "./outages.ts";
import { startServers } from "./servers.ts";
import { throughput } from "./throughput.ts";

const usage = `node --conditions=@tintype/source tools/rehearse-jobs/main.ts WHAT [options]

  kills        kill -9 in the middle of work: the API on the embedded database, workers on Redis, on PostgreSQL
  outages      two APIs, three workers; each server is ended in the middle and started again
  throughput   jobs a second by number of workers; draws docs/jobs/throughput.svg
  memory       a worker's memory over many jobs

  --jobs 1000  how many jobs
  --kills 100  how many kills
  --on all     embedded, redis or postgres alone
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: "string", default: "1000" },
    kills: { type: "string", default: "100" },
    on: { type: "string", default: "all" },
  },
});
const [jobs, kills] = [Number(values.jobs), Number(values.kills)];
const say = (line: string) => void process.stdout.write(`${line}\n`);
const [what = ""] = positionals;

if (what === "kills") await rehearseKills();
else if (what === "outages") judge("outages", await outages(jobs, say));
else if (what === "throughput") await measureThroughput();
else if (what === "memory") for (const seen of await memory(jobs)) say(JSON.stringify(seen));
else process.stderr.write(usage);

async function rehearseKills(): Promise<void> {
  if (wants("embedded")) judge("embedded", await killLoop({ app: "api", kills, jobs, say }));
  for (const name of ["redis", "postgres"].filter(wants)) {
    await using servers = await startServers();
    const { REDIS_URL = "", DATABASE_URL = "" } = servers.environment;
    const environment = { DATABASE_URL, ...(name === "redis" && { REDIS_URL }) };
    judge(name, await killLoop({ app: "worker", kills, jobs, environment, say }));
  }
}

async function measureThroughput(): Promise<void> {
  const measured = await throughput(jobs, 3);
  const where = `${availableParallelism()} cores ${cpus()[0]?.model ?? ""}, Node ${process.version}`;
  const file = join(import.meta.dirname, "../../docs/jobs/throughput.svg");
  writeFileSync(file, `${await drawChart(measured, where)}\n`);
  for (const one of measured) say(JSON.stringify(one));
}

function wants(name: string): boolean {
  return values.on === "all" || values.on === name;
}

/** Tells a verdict, and fails where something happened that must not. */
function judge(name: string, verdict: Verdict): void {
  say(`${name}: ${JSON.stringify(verdict)}`);
  const { lost, unfinished, twice, missing } = verdict;
  if ([lost, unfinished, twice, missing].some((ids) => ids.length > 0)) process.exitCode = 1;
}
