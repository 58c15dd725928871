import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** From a cached answer to the longest job, in seconds. */
export const durations = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Less than Prometheus waits for all metrics together. */
const patienceMs = 2000;

/** Makes the kinds of metrics that one registry collects. */
export type Instruments = ReturnType<typeof createInstruments>;

/** Makes the makers of metrics for a registry. */
export function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    counter: <Label extends string = never>(name: string, help: string, labels: Label[] = []) =>
      new Counter<Label>({ name, help, labelNames: labels, registers }),

    histogram: <Label extends string = never>(
      name: string,
      help: string,
      buckets: number[],
      labels: Label[] = [],
    ) => new Histogram<Label>({ name, help, buckets, labelNames: labels, registers }),

    /** Reads its values anew whenever metrics are collected: one for each value of the label, or one in all. */
    gauge: (name: string, help: string, read: () => number | Promise<number>) =>
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          const value = await inTime(read);
          if (value === undefined) this.remove();
          else this.set(value);
        },
      }),

    gaugeBy: (
      name: string,
      help: string,
      label: string,
      read: () => Promise<Readonly<Record<string, number>>>,
    ) =>
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          const counts = Object.entries((await inTime(read)) ?? {});
          this.reset();
          for (const [value, count] of counts) this.set({ [label]: value }, count);
        },
      }),
  };
}

/** What is read; undefined where that fails or takes long, as what can't be told must not keep back all that can. */
async function inTime<Value>(read: () => Value | Promise<Value>): Promise<Value | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), patienceMs).unref();
  });
  const value = (async () => read())().catch(() => undefined);
  return Promise.race([value, late]);
}
