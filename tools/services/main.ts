/**
 * Starts real servers, runs a command with the variables that lead to them, and stops them; ends as the command ends:
 * `node tools/services/main.ts run [NAME…] -- COMMAND`. Without a name all start. It needs Debian.
 */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

import { Ground } from "./ground.ts";
import { installPackages } from "./install-packages.ts";
import type { Service } from "./service.ts";
import { services } from "./services.ts";

const [verb, ...given] = process.argv.slice(2);
const split = given.indexOf("--");
const [names, command] = [given.slice(0, split), given.slice(split + 1)];
const unknown = names.filter((name) => !services.some((service) => service.name === name));

if (verb !== "run" || split === -1 || command.length === 0 || unknown.length > 0) {
  const known = services.map(({ name }) => name).join(" | ");
  process.stderr.write(`Usage: node tools/services/main.ts run [${known}]… -- COMMAND\n`);
  process.exit(2);
}

const chosen = services.filter(({ name }) => names.length === 0 || names.includes(name));
try {
  process.exitCode = await runWith(chosen, command);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Runs a command amid services and gives its exit code. */
async function runWith(started: readonly Service[], words: readonly string[]): Promise<number> {
  installPackages(started.flatMap(({ packages }) => packages));
  const folder = mkdtempSync(join(tmpdir(), "tintype-services-"));
  // Others may pass through to the folders of their own, and see nothing.
  chmodSync(folder, 0o711);
  const interruption = new AbortController();
  // A terminal's Ctrl-C reaches the command as well; this process stays to stop the servers.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => interruption.abort());
  try {
    await using stack = new AsyncDisposableStack();
    const environment = await Promise.all(
      started.map(async (service) =>
        service.start(stack.use(new Ground(join(folder, service.name)))),
      ),
    );
    return await run(words, Object.assign({}, ...environment), interruption.signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  [program = "", ...words]: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      stdio: "inherit",
      env: { ...process.env, ...environment },
    });
    signal.addEventListener("abort", () => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, by) => resolve(by ? 128 + constants.signals[by] : (code ?? 1)));
  });
}
