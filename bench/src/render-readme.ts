import { aims, verdictOn, type Aim } from "./aims.ts";
import type { JobsResult, Report, ServiceResult } from "./report.ts";

/** The page that says what was measured, how to read it, and which aims are reached. */
export function renderReadme(report: Report, charts: readonly string[]): string {
  const { machine, revision, date, service, jobs } = report;
  return `<!-- Written by \`pnpm bench\`. -->

# Measurements

Revision ${revision}, ${date.slice(0, 10)}, on ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system},
Node ${machine.node}, sharp ${machine.sharp}. All figures are in [latest.json](latest.json).

## How to read it

- Every contender is a process of its own that takes one order at a time. In each round every one runs once, in shuffled
  order, on the same file. Ratios are taken round by round, then the median.
- \`limit\` is sharp tuned by hand for just that job (\`bench/src/contenders/limit.ts\`); the distance to it is what this project's
  abstractions cost. CPU time decides, as elapsed time depends on what else the machine does.
- Peak memory is that of the whole process in a run of its own; for commands it is that of the process that starts them.
- Each output is decoded and compared with a reference without loss: PSNR in dB and SSIM. Nobody wins by encoding worse.
- Who is not installed is left out by name: \`bench/install-peers.sh\` installs the peers of Debian.

## Aims

| job | what | must | aim | measured | |
| --- | --- | --- | --- | --- | --- |
${aims.map((aim) => aimRow(aim, aim.measure(report))).join("\n")}
${stageTable(report)}
${service.length > 0 ? serviceTable(service) : ""}${jobs === undefined ? "" : jobsTable(jobs)}
## Charts

${charts.map((file) => `![${file.replace(".svg", "")}](${file})`).join("\n\n")}
`;
}

function aimRow(aim: Aim, measured: number | undefined): string {
  const sign = aim.isLess ? "≤" : "≥";
  const goal = (figure: number | undefined) => (figure === undefined ? "" : `${sign} ${figure}`);
  const verdict = verdictOn(aim, measured);
  const cells = [
    aim.job,
    aim.what,
    goal(aim.must),
    goal(aim.aim),
    measured === undefined ? "" : shown(measured),
    verdict === "missed" ? "**missed**" : verdict,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** What the time of this project goes to, case by case. */
function stageTable({ cases }: Report): string {
  const told = cases.flatMap(({ job, name, results }) =>
    results.flatMap(({ contender, stageMs }) =>
      contender === "tintype" && stageMs ? [{ label: `${job} ${name}`, stageMs }] : [],
    ),
  );
  const stages = Object.keys(told[0]?.stageMs ?? {});
  if (stages.length === 0) return "";
  const rows = told.map(
    ({ label, stageMs }) =>
      `| ${[label, ...stages.map((stage) => shown(stageMs[stage] ?? 0))].join(" | ")} |`,
  );
  return `
## What the time goes to

Milliseconds of one picture in each stage of the pipeline; the files of a picture are made side by side in \`export\`. J6
and the progressive JPEGs are of all their pictures together.

| case | ${stages.join(" | ")} |
| --- | ${stages.map(() => "---").join(" | ")} |
${rows.join("\n")}
`;
}

function serviceTable(service: readonly ServiceResult[]): string {
  const rows = service.map(
    (one) =>
      `| ${one.server} | ${one.format} | ${one.clients} | ${shown(one.requestsPerSecond)} | ${shown(one.requestsRatio)} | ${shown(one.p50Ms)} | ${shown(one.p95Ms)} | ${shown(one.cpuMsPerRequest)} | ${shown(one.peakMb)} | ${one.failures} |`,
  );
  return `
## J4 over HTTP

A photograph of 12 megapixels made to fit 512 px, by URL, at the same quality for all: \`/img\` here without the result
cache, and with it once the image is there. \`bare node\` is sharp behind \`node:http\`, with the shrinking that this project
chooses too: it decodes a JPEG at twice the size that ipx does, for 7 dB less loss. ipx writes AVIF at sharp's own effort.

| server | format | clients | requests/s | × bare node | p50 ms | p95 ms | CPU ms a request | peak MB | failures |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function jobsTable(jobs: readonly JobsResult[]): string {
  const rows = jobs.map((one) => {
    const overhead = one.jobP50Ms - one.directP50Ms;
    const cells = [
      one.idleP50Ms,
      one.idleP95Ms,
      one.loadedP50Ms,
      one.loadedP95Ms,
      one.directP50Ms,
      one.jobP50Ms,
      overhead,
    ];
    return `| ${one.dispatcher} | ${cells.map(shown).join(" | ")} |`;
  });
  return `
## Jobs

From accepted to begun, in ms: on an idle system, and with eight clients of which each sends its next job when its last one
has ended; and J4 as a direct call and as a job that is waited for, one at a time.

| jobs by | idle p50 | idle p95 | loaded p50 | loaded p95 | direct call p50 | job p50 | overhead |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function shown(figure: number): string {
  return figure.toFixed(figure < 10 ? 2 : figure < 100 ? 1 : 0);
}
