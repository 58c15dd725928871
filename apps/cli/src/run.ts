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
    // commander has said what is wrong already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (isAbort(error, terminal.signal)) return interrupted;
    // A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
    if ((error as NodeJS.ErrnoException).code === "EPIPE") return 0;
    if (!isTintypeError(error)) throw error;
    const { code, message } = error;
    await (words.includes("--json")
      ? write(terminal.stdout, `${JSON.stringify({ error: { code, message } }, null, 2)}\n`)
      : write(terminal.stderr, `${message} (${code})\n`));
    return exitCodeOf(error);
  }
}
