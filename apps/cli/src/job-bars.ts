import { MultiBar, Presets, type SingleBar } from "cli-progress";

import type { Terminal } from "./terminal.ts";

/** How far a job is, as a service tells it. */
interface JobProgress {
  readonly percent: number;
  readonly stage?: string | undefined;
}

/** One job's bar. */
export interface JobBar {
  at(progress: JobProgress): void;
  /** Takes the bar away, and counts the job. */
  done(): void;
}

/** A bar for each job in work, and one for all of them. */
export interface JobBars {
  add(name: string): JobBar;
  stop(): void;
}

const silent: JobBars = {
  add: () => ({ at: () => undefined, done: () => undefined }),
  stop: () => undefined,
};

/** Shows how far jobs are where a person watches, and nothing elsewhere. */
export function startJobBars(total: number, { isInteractive, stderr }: Terminal): JobBars {
  if (!isInteractive) return silent;
  const bars = new MultiBar(
    { stream: stderr, clearOnComplete: true, format: "{bar} {percentage} %  {name} {stage}" },
    Presets.shades_classic,
  );
  const all: SingleBar | undefined =
    total < 2 ? undefined : bars.create(total, 0, { name: `of ${total} files`, stage: "" });
  return {
    add(name) {
      const bar = bars.create(100, 0, { name, stage: "" });
      // Now and not only at the next tick, before which a short job may have ended.
      bars.update();
      return {
        at: ({ percent, stage = "" }) => bar.update(percent, { stage }),
        done() {
          bars.remove(bar);
          all?.increment();
        },
      };
    },
    stop: () => bars.stop(),
  };
}
