// Sets the repository up where needed, then runs a command with the repository's own Node.js and tools:
// `node tools/launch.mjs node --conditions=@tintype/source apps/api/src/main.ts`. With `--here` the command runs in the
// folder where the user typed, not at the root; with `--studio` the page that the API serves is built first, where it
// changed. Plain JavaScript, because Node.js 20 runs it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const flag = ["--here", "--studio"].find((name) => name === process.argv[2]);
const isHere = flag === "--here";
const [command = "node", ...words] = process.argv.slice(flag ? 3 : 2);

install();
if (flag === "--studio") buildStudio();
run();

/** Installs what the lock file names; a no-op of a few hundredths of a second where all is there. */
function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const isFirst = !existsSync(join(bin, "pnpm"));
  if (isFirst)
    process.stderr.write("Setting up for the first time; this takes about half a minute.\n");
  const [program, ...options] = isFirst
    ? ["npx", "--yes", "--prefer-offline", packageManager]
    : [join(bin, "pnpm")];
  const { status, stdout, stderr, error } = spawnSync(
    program,
    [...options, "install", "--prefer-offline"],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 27 },
  );
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}${error ? `${error.message}\n` : ""}`);
  process.stderr.write("The set-up failed; see above. It needs the npm registry once.\n");
  process.exit(1);
}

/** Builds the page, or takes the last build out of the cache; the API does without it where that fails. */
function buildStudio() {
  const { status, stdout, stderr } = spawnSync(
    join(bin, "turbo"),
    ["run", "build", "--filter=@tintype/studio", "--output-logs=errors-only"],
    { cwd: root, encoding: "utf8", env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" } },
  );
  if (status !== 0)
    process.stderr.write(`${stdout ?? ""}${stderr ?? ""}The studio was not built.\n`);
}

/** Runs the command and ends as it ends; signals reach it, which a chain of shells would not pass on. */
function run() {
  const tool = join(bin, command);
  // The repository's Node.js is an optional dependency: without it the one that runs this must do.
  const program = existsSync(tool) ? tool : command === "node" ? process.execPath : command;
  const script = words.findIndex((word) => word.endsWith("/src/main.ts"));
  const located = words.map((word, index) => (index === script ? join(root, word) : word));
  const child = spawn(program, located, {
    cwd: isHere ? (process.env.INIT_CWD ?? root) : root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal's Ctrl-C has reached the child already.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(127);
  });
  child.on("exit", (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1));
  });
}
