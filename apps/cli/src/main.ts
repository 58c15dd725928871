import { ensureProcessSettings } from "@tintype/runtime";

import { run } from "./run.ts";
import { processTerminal } from "./terminal.ts";

ensureProcessSettings();

// A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), process.env, processTerminal);
