import { ensureProcessSettings } from "@tintype/runtime";

import { run } from "./run.ts";
import { processTerminal } from "./terminal.ts";

ensureProcessSettings();

// The first Ctrl-C ends the work cleanly, without half-written files; a second one ends the process.
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interruption.abort());
}

// Who writes hears of a closed pipe; without a listener the stream would throw it a second time.
process.stdout.on("error", () => undefined);

process.exitCode = await run(process.argv.slice(2), process.env, {
  ...processTerminal,
  signal: interruption.signal,
});
