import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

import type { CaseResult, Report } from "./report.ts";

const config = {
  font: "system-ui, sans-serif",
  background: "white",
  axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" as const },
  header: { labelFontSize: 13, labelFontWeight: "bold" as const },
  title: { fontSize: 15, anchor: "start" as const, subtitleFontSize: 12, subtitleColor: "#555" },
};

/** The charts of a report as SVG, by file name. */
export async function renderCharts(report: Report): Promise<Readonly<Record<string, string>>> {
  const { machine, scaling } = report;
  const where = `${machine.cores} cores ${machine.cpu}, Node ${machine.node}, sharp ${machine.sharp}`;
  const jobs = [...new Set(report.cases.map(({ job }) => job))].filter((job) => job !== "all");
  const bars = jobs.map(async (job) => {
    const ofJob = report.cases.filter((one) => one.job === job);
    return [`${job.toLowerCase()}.svg`, await svg(cpuBars(job, ofJob, where))] as const;
  });
  const lines = (["megapixels", "at once"] as const)
    .filter((along) => scaling.some((point) => point.along === along))
    .map(async (along) => {
      const points = scaling.filter((point) => point.along === along);
      const file = along === "megapixels" ? "scaling-megapixels.svg" : "scaling-concurrency.svg";
      return [file, await svg(growth(along, points, where))] as const;
    });
  return Object.fromEntries(await Promise.all([...bars, ...lines]));
}

async function svg(spec: TopLevelSpec): Promise<string> {
  return new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
}

/** CPU of every contender against the limit, a panel for each case; the bars' scale is logarithmic. */
function cpuBars(job: string, results: readonly CaseResult[], where: string): TopLevelSpec {
  const values = results.flatMap(({ name, results: all }) =>
    all.map(({ contender, cpuRatio, peakMb }) => ({
      case: name,
      contender,
      ratio: cpuRatio.median,
      label: `${cpuRatio.median.toFixed(2)} × · ${peakMb.toFixed(0)} MB`,
    })),
  );
  const y = {
    field: "contender",
    type: "nominal",
    title: null,
    sort: [...new Set(values.map(({ contender }) => contender))],
  } as const;
  const scale = {
    type: "log" as const,
    nice: false,
    domain: [0.5, Math.max(40, ...values.map(({ ratio }) => ratio * 4))],
  };
  const x = {
    field: "ratio",
    type: "quantitative" as const,
    title: "× limit (log scale)",
    scale,
    axis: { values: [0.5, 1, 2, 5, 10, 20, 50], format: "~g", labelOverlap: false },
  };
  return {
    title: {
      text: `${job}: CPU time against hand-tuned sharp`,
      subtitle: `Shorter is better; with peak memory. ${where}`,
    },
    config,
    data: { values },
    facet: { column: { field: "case", title: null, sort: results.map(({ name }) => name) } },
    spec: {
      width: 220,
      height: { step: 24 },
      layer: [
        {
          mark: { type: "bar", height: 15 },
          encoding: {
            y,
            x,
            x2: { datum: 0.5 },
            color: {
              condition: { test: "indexof(datum.contender, 'tintype') === 0", value: "#c2571a" },
              value: "#9fb3c0",
            },
          },
        },
        {
          mark: { type: "text", align: "left", dx: 4, fontSize: 11 },
          encoding: { y, x, text: { field: "label" } },
        },
        {
          mark: { type: "rule", color: "#333", strokeDash: [3, 3] },
          encoding: { x: { datum: 1, type: "quantitative", scale } },
        },
      ],
    },
  };
}

const measures = [
  ["elapsedMs", "Elapsed ms a picture"],
  ["cpuMs", "CPU ms a picture"],
  ["peakMb", "Peak memory, MB"],
] as const;

function growth(along: string, values: Report["scaling"], where: string): TopLevelSpec {
  const isSize = along === "megapixels";
  const ticks = [...new Set(values.map(({ at }) => at))];
  return {
    title: {
      text: isSize
        ? "Cost as pictures grow: JPEG to 800 px WebP"
        : "Cost as more pictures come at once: job J3",
      subtitle: where,
    },
    config,
    data: { values: [...values] },
    hconcat: measures.map(([field, title]) => ({
      width: 260,
      height: 220,
      mark: { type: "line" as const, point: true },
      encoding: {
        x: {
          field: "at",
          type: "quantitative" as const,
          title: isSize ? "Megapixels" : "Pictures at once",
          scale: isSize ? {} : { type: "log" as const, base: 2 },
          axis: { values: ticks, format: "d", labelOverlap: true },
        },
        y: { field, type: "quantitative" as const, title, scale: { zero: true } },
        color: {
          field: "contender",
          type: "nominal" as const,
          title: null,
          scale: {
            domain: ["limit", "tintype", "pillow"],
            range: ["#5b7c92", "#c2571a", "#7a9b57"],
          },
        },
      },
    })),
  };
}
