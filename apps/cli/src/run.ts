import { loadSettings, type Environment } from "@tintype/config";
import { isAbort, isTintypeError } from "@tintype/errors";
import { CommanderError } from "commander";

import { createProgram } from "./create-program.ts";
import { exitCodeOf, interrupted } from "./exit-codes.ts";
import { write, type Terminal } from "./terminal.ts";

/** Runs a command line and gives the exit code: 0, 2 for words that can't be read, or the code of what failed. */
export async function run(
  words: readonly string[],
  environment: Environment,
  terminal: Terminal,
): Promise<number> {
  let exitCode = 0;
  try {
    const program = createProgram(loadSettings(environment), terminal, (code) => (exitCode = code));
    await program.parseAsync(words, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return tellUsage(error, words, terminal);
    if (isAbort(error, terminal.signal)) return interrupted;
    // A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
    if ((error as NodeJS.ErrnoException).code === "EPIPE") return 0;
    if (!isTintypeError(error)) throw error;
    await tell(error, `${error.message} (${error.code})`, words, terminal);
    return exitCodeOf(error);
  }
}

/** Help and version end with an error of their own, which says nothing. */
async function tellUsage(
  { code, exitCode, message }: CommanderError,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (exitCode === 0) return 0;
  const isHelp = code === "commander.help";
  if (!isHelp) await tell({ code: "cli.usage", message }, message, words, terminal);
  return 2;
}

/** Says what failed: on standard error, or as the JSON that was asked for. */
function tell(
  { code, message }: { readonly code: string; readonly message: string },
  text: string,
  words: readonly string[],
  { stdout, stderr }: Terminal,
): Promise<void> {
  return words.includes("--json")
    ? write(stdout, `${JSON.stringify({ error: { code, message } }, null, 2)}\n`)
    : write(stderr, `${text}\n`);
}
