/** Measures this project against its peers: `pnpm bench --help` says how. */
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { aims, verdictOn } from "./aims.ts";
import { cases, type Case } from "./cases.ts";
import { contenders, limit, tintype } from "./contenders.ts";
import { describeMachine, revisionOf } from "./describe-machine.ts";
import { measureCase } from "./measure-case.ts";
import { measureMixed, measureScaling } from "./measure-growth.ts";
import { measureJobs } from "./measure-jobs.ts";
import { measureService } from "./measure-service.ts";
import { renderCase } from "./render-table.ts";
import type { CaseResult, Report } from "./report.ts";
import type { ContenderSpec } from "./start-contender.ts";
import { withCheckout } from "./with-checkout.ts";
import { writeReport } from "./write-report.ts";

const usage = `pnpm bench [options]    build first: pnpm build

  --job J3         only this job: J1 to J6, or all; again for more
  --runs 9         runs of each contender in each case; 3 when left out, 9 for figures to keep
  --only a,b       only these contenders, besides the limit
  --long           also what takes minutes: 50 at once, 1,000 mixed conversions
  --service        also pictures by URL, over HTTP
  --jobs           also how soon jobs begin, and what they cost more than the direct call; with PostgreSQL and Redis:
                   node tools/services/main.ts run postgres redis -- pnpm bench --jobs
  --scaling        also time and memory against megapixels and against pictures at once
  --against REV    only this project, against another revision of it; writes no report
`;

const checkout = join(import.meta.dirname, "../..");
const { values: flags } = parseArgs({
  // pnpm hands its own separator on.
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: {
    against: { type: "string" },
    help: { type: "boolean", default: false },
    jobs: { type: "boolean", default: false },
    job: { type: "string", multiple: true, default: [] },
    long: { type: "boolean", default: false },
    only: { type: "string" },
    runs: { type: "string", default: "3" },
    scaling: { type: "boolean", default: false },
    service: { type: "boolean", default: false },
  },
});
const { against } = flags;

if (flags.help) print(usage);
else if (against === undefined) await report();
else {
  await withCheckout(checkout, against, async (other) => {
    await measure([limit, tintype(`tintype ${against}`, other), tintype("tintype")]);
  });
}

async function report(): Promise<void> {
  const machine = describeMachine();
  print(`${machine.cores} cores ${machine.cpu}, Node ${machine.node}, sharp ${machine.sharp}`);
  const only = flags.only?.split(",");
  const chosen = contenders.filter(
    ({ name }) => !only || name === limit.name || only.includes(name),
  );
  const measured = {
    machine,
    revision: revisionOf(checkout),
    date: new Date().toISOString(),
    cases: await measure(chosen),
    ...(flags.long && wants("all") && { mixed: await measureMixed() }),
    ...(flags.service && { service: await measureService(flags.long ? 16 : 4) }),
    ...(flags.jobs && { jobs: await measureJobs(flags.long ? 200 : 50) }),
    ...(flags.scaling && { scaling: await measureScaling() }),
  };
  const written = await writeReport(join(checkout, "docs/bench"), measured);
  print(`\n${renderAims(written)}\nWritten to docs/bench.`);
}

async function measure(specs: readonly ContenderSpec[]): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of cases.filter(isWanted)) {
    const result = await measureCase(one, specs, Number(flags.runs));
    print(renderCase(result));
    results.push(result);
  }
  print(`\nload at the end: ${(loadavg()[0] ?? 0).toFixed(1)}`);
  return results;
}

function isWanted({ job, isLong }: Case): boolean {
  return wants(job) && (flags.long || !isLong);
}

function wants(job: string): boolean {
  return flags.job.length === 0 || flags.job.includes(job);
}

function renderAims(written: Report): string {
  return aims
    .map((aim) => {
      const measured = aim.measure(written);
      const figure = measured === undefined ? "" : `: ${measured.toFixed(2)}`;
      return `${verdictOn(aim, measured).padEnd(12)}  ${aim.job}, ${aim.what}${figure}`;
    })
    .join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
