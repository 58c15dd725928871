import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { format } from "oxfmt";

import { renderCharts } from "./render-charts.ts";
import { renderReadme } from "./render-readme.ts";
import type { CaseResult, Report } from "./report.ts";

/** What was measured in this run; the parts that were not keep what the last run on the same machine found. */
export type Measured = Omit<Report, "service" | "scaling"> & Partial<Report>;

/** Writes figures, charts and the page that explains them into a folder. */
export async function writeReport(folder: string, measured: Measured): Promise<Report> {
  const report = merged(measured, await lastReport(folder));
  const charts = await renderCharts(report);
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "latest.json"), `${JSON.stringify(report, rounded, 2)}\n`),
    writeFile(
      join(folder, "README.md"),
      await formatted(renderReadme(report, Object.keys(charts))),
    ),
    ...Object.entries(charts).map(([file, svg]) => writeFile(join(folder, file), `${svg}\n`)),
  ]);
  return report;
}

/** As the check of the whole repository wants Markdown. */
async function formatted(page: string): Promise<string> {
  return (await format("README.md", page)).code;
}

async function lastReport(folder: string): Promise<Report | undefined> {
  const path = join(folder, "latest.json");
  if (!existsSync(path)) return undefined;
  return JSON.parse(await readFile(path, "utf8")) as Report;
}

/** Figures of another machine are never mixed in. */
function merged(measured: Measured, last: Report | undefined): Report {
  const isSameMachine = JSON.stringify(last?.machine) === JSON.stringify(measured.machine);
  const before = isSameMachine ? last : undefined;
  const isNew = (old: CaseResult) =>
    measured.cases.some(({ job, name }) => job === old.job && name === old.name);
  const cases = [...(before?.cases ?? []).filter((old) => !isNew(old)), ...measured.cases];
  return {
    service: [],
    scaling: [],
    ...before,
    ...measured,
    cases: cases.toSorted((a, b) => a.job.localeCompare(b.job)),
  };
}

/** Five digits are more than any of these figures are good for. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}
