/** Measures named stages in ms; a stage that comes twice adds up. */
export interface Stopwatch<Stage extends string> {
  time<Result>(stage: Stage, work: () => Promise<Result>): Promise<Result>;
  /** Ms of every stage so far, and of everything since the start as `total`. */
  read(): Readonly<Record<Stage | "total", number>>;
}

/** Starts a stopwatch for these stages. */
export function startStopwatch<Stage extends string>(stages: readonly Stage[]): Stopwatch<Stage> {
  const started = performance.now();
  const spent = new Map<Stage, number>(stages.map((stage) => [stage, 0]));
  return {
    async time(stage, work) {
      const from = performance.now();
      try {
        return await work();
      } finally {
        spent.set(stage, (spent.get(stage) ?? 0) + performance.now() - from);
      }
    },
    read() {
      const entries = [...spent, ["total", performance.now() - started] as const];
      const rounded = entries.map(([stage, ms]) => [stage, Number(ms.toFixed(2))]);
      return Object.fromEntries(rounded) as Record<Stage | "total", number>;
    },
  };
}
