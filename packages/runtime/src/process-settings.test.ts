import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { expect, test } from "vitest";

const execute = promisify(execFile);
const module = new URL("process-settings.ts", import.meta.url).href;

/** Prints the process's id before, and its id, settings and words after. */
const script = `
  import { ensureProcessSettings } from ${JSON.stringify(module)};
  console.log(process.pid);
  ensureProcessSettings();
  const { MALLOC_ARENA_MAX, UV_THREADPOOL_SIZE } = process.env;
  console.log(JSON.stringify([process.pid, MALLOC_ARENA_MAX, UV_THREADPOOL_SIZE, process.execArgv.includes("--no-warnings")]));
`;

async function linesOf(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const words = ["--no-warnings", "--input-type=module", "--eval", script];
  const { stdout, stderr } = await execute(process.execPath, words, { env: environment });
  expect(stderr).toBe("");
  return stdout.trim().split("\n");
}

// Elsewhere the process stays as it is.
test.skipIf(process.platform !== "linux")(
  "a process starts over once, in its own place, with the settings that nobody made",
  async () => {
    const [first, again, settings] = await linesOf({ UV_THREADPOOL_SIZE: "3" });
    expect(again).toBe(first);
    expect(JSON.parse(settings ?? "")).toEqual([Number(first), "2", "3", true]);
  },
);

test("a process that has its settings goes on", async () => {
  const made = { MALLOC_ARENA_MAX: "4", UV_THREADPOOL_SIZE: "3" };
  const [first, settings] = await linesOf(made);
  expect(JSON.parse(settings ?? "")).toEqual([Number(first), "4", "3", true]);
});
