import { loadSettings, type Environment } from "@tintype/config";
import { isTintypeError } from "@tintype/errors";
import { CommanderError } from "commander";

import { createProgram } from "./create-program.ts";
import { exitCodeOf } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

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
    // commander has said what is wrong already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isTintypeError(error)) throw error;
    terminal.stderr.write(`${error.message} (${error.code})\n`);
    return exitCodeOf(error);
  }
}
