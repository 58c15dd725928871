import { parse, View } from "vega";
import { compile } from "vega-lite";

import type { Throughput } from "./throughput.ts";

/** Jobs a second by the number of workers, as an SVG. */
export async function drawChart(measured: readonly Throughput[], where: string): Promise<string> {
  const y = { field: "jobsPerSecond", type: "quantitative" as const, title: "Jobs a second" };
  const x = {
    field: "workers",
    type: "ordinal" as const,
    title: "Workers, one job at once in each",
    axis: { labelAngle: 0 },
  };
  const { spec } = compile({
    title: { text: "Mixed jobs by number of workers", subtitle: where },
    config: { font: "sans-serif", background: "white", view: { stroke: null } },
    data: { values: [...measured] },
    width: 320,
    height: 220,
    layer: [
      { mark: { type: "bar", color: "#c2571a", width: 48 }, encoding: { x, y } },
      {
        mark: { type: "text", dy: -8 },
        encoding: { x, y, text: { ...y, format: ".1f" } },
      },
    ],
  });
  return new View(parse(spec), { renderer: "none" }).toSVG();
}
