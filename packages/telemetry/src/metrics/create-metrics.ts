import { collectDefaultMetrics, Registry } from "prom-client";

import { generationMetrics } from "./generation-metrics.ts";
import { imageMetrics } from "./image-metrics.ts";
import { createInstruments } from "./instruments.ts";
import type { Sample } from "./samples.ts";
import { serviceMetrics } from "./service-metrics.ts";

/** A metric as the registry gives it; a histogram's parts have names of their own. */
interface Collected {
  readonly name: string;
  readonly values: readonly {
    readonly metricName?: string;
    readonly labels: Readonly<Record<string, string | number>>;
    readonly value: number;
  }[];
}

/** Counts, times and sizes of what a service does, for Prometheus to collect. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Makes metrics of their own registry; every label takes a bounded number of values. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Gauges that are named like counters, which Prometheus' own check refuses.
  for (const kind of ["handles", "requests", "resources"])
    registry.removeSingleMetric(`nodejs_active_${kind}_total`);
  const instruments = createInstruments(registry);

  return {
    ...imageMetrics(instruments),
    ...generationMetrics(instruments),
    ...serviceMetrics(instruments),
    contentType: registry.contentType,

    /** Every number as it stands now. */
    async samples(): Promise<readonly Sample[]> {
      const metrics = (await registry.getMetricsAsJSON()) as readonly Collected[];
      return metrics.flatMap(({ name, values }) =>
        values.map(({ metricName = name, labels, value }) => ({
          name: metricName,
          labels: Object.fromEntries(
            Object.entries(labels).map(([label, one]) => [label, String(one)]),
          ),
          value,
        })),
      );
    },

    /** Everything, in Prometheus' text format. */
    async render(): Promise<string> {
      const text = await registry.metrics();
      // The older systems call a gauge so; the check keeps `_count` for histograms, and for what has no type.
      return text.replace(/^# TYPE active_processing_count gauge$/mu, (line) =>
        line.replace("gauge", "untyped"),
      );
    },
  };
}
