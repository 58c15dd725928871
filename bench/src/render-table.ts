import type { CaseResult, ContenderResult, OutputQuality } from "./report.ts";
import type { Spread } from "./statistics.ts";

const headings = [
  "",
  "ms",
  "min–max",
  "× limit",
  "CPU ms",
  "CPU ×",
  "p95 ms",
  "peak MB",
  "block ms",
  "n",
  "outputs: kB, dB, SSIM",
];

/** One case as a table for the terminal. */
export function renderCase({ job, name, load, results, absent }: CaseResult): string {
  const rows = [headings, ...results.map(rowOf)];
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const left = Object.entries(absent).map(([who, why]) => `left out: ${who} (${why})`);
  const title = `${job} ${name} · load ${load.toFixed(1)}`;
  return ["", title, ...lines, ...left].join("\n");
}

function rowOf(one: ContenderResult): string[] {
  return [
    one.contender,
    round(one.elapsedMs.median),
    range(one.elapsedMs),
    one.elapsedRatio.median.toFixed(2),
    round(one.cpuMs.median),
    one.cpuRatio.median.toFixed(2),
    round(one.p95Ms),
    `${round(one.peakMb)} (${round(one.idleMb)})`,
    one.blockMs === undefined ? "–" : round(one.blockMs),
    String(one.rounds),
    one.outputs.map(outputOf).join(" · "),
  ];
}

function outputOf({ name, bytes, psnr, ssim }: OutputQuality): string {
  const kilobytes = (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);
  return psnr === undefined
    ? `${name} ${kilobytes}`
    : `${name} ${kilobytes}, ${psnr.toFixed(1)}, ${(ssim ?? 1).toFixed(4)}`;
}

function range({ min, max }: Spread): string {
  return `${round(min)}–${round(max)}`;
}

function round(figure: number): string {
  return figure.toFixed(figure < 10 ? 1 : 0);
}
