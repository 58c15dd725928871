import { expect, test } from "vitest";

import { startJobBars } from "./job-bars.ts";
import { processTerminal } from "./terminal.ts";
import { gather } from "./testing/test-terminal.ts";

test("a job's bar is drawn however soon the job ends", () => {
  const { chunks, stream } = gather();
  const stderr = Object.assign(stream, { isTTY: true });
  const bars = startJobBars(2, { ...processTerminal, isInteractive: true, stderr });
  const [first, second] = [bars.add("a.png"), bars.add("b.png")];
  second.done();
  first.done();
  bars.stop();
  const drawn = Buffer.concat(chunks).toString();
  for (const name of ["of 2 files", "a.png", "b.png"]) expect(drawn).toContain(name);
});
