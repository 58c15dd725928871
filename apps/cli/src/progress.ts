import { Presets, SingleBar } from "cli-progress";

import type { Terminal } from "./terminal.ts";

/** Shows how far a run over many files is. */
export interface Progress {
  advance(): void;
  stop(): void;
}

/** A bar where a person watches, nothing elsewhere. */
export function startProgress(total: number, { isInteractive, stderr }: Terminal): Progress {
  if (!isInteractive || total < 2) return { advance: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: "{bar} {value}/{total}  {eta_formatted} left",
      stream: stderr,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: () => bar.increment(), stop: () => bar.stop() };
}
