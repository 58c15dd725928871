/**
 * Takes the steps of the Dockerfile in an empty folder, where no container can be made: builds, prunes, then starts the API
 * and a worker as they stand in the image, as nobody in particular where it may, and uses and stops them. Exits 1 when
 * anything is not as it should be.
 */
import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, matchesGlob } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { dockerfileStages, type ImageStage, type ImageStep } from "./dockerfile-stages.ts";
import { installPackages } from "./services/install-packages.ts";

const execute = promisify(execFile);
const root = join(import.meta.dirname, "..");
const ground = await mkdtemp(join(tmpdir(), "image-"));
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const ports = { PORT: "18787", WORKER_PORT: "18788", METRICS_PORT: "18791" };
const running: ChildProcess[] = [];

/** What a stage has come to: its folders stand below `root`, and commands run in `folder`. */
interface Stage {
  readonly root: string;
  folder: string;
  environment: Record<string, string>;
}

try {
  await chmod(ground, 0o755);
  const stages = dockerfileStages(await readFile(join(root, "Dockerfile"), "utf8"));
  const built = new Map<string | undefined, Stage>();
  for (const [index, stage] of stages.entries())
    built.set(stage.name, await build(stage, join(ground, String(index)), built));
  const [image, { command = [], healthcheck = [] } = {}] = [built.get(undefined), stages.at(-1)];
  assert(image !== undefined, "The last stage has a name");
  await use(image, command, healthcheck);
  const { stdout } = await execute("du", ["-sm", image.folder]);
  console.log(`The image works; what is in it of ours takes ${stdout.split("\t")[0]} MB.`);
} finally {
  for (const child of running) child.kill("SIGKILL");
  await rm(ground, { recursive: true, force: true });
}

/** Takes all steps of a stage below a root of its own. */
async function build(
  { base, steps }: ImageStage,
  stageRoot: string,
  earlier: ReadonlyMap<string | undefined, Stage>,
): Promise<Stage> {
  assert.match(
    base,
    new RegExp(`^node:${process.versions.node}-`, "u"),
    "not the repository's Node",
  );
  const stage: Stage = { root: stageRoot, folder: stageRoot, environment: {} };
  await mkdir(stageRoot);
  for (const step of steps) await take(step, stage, earlier);
  return stage;
}

async function take(
  step: ImageStep,
  stage: Stage,
  earlier: ReadonlyMap<string | undefined, Stage>,
): Promise<void> {
  if (step.kind === "environment") Object.assign(stage.environment, step.variables);
  else if (step.kind === "folder") {
    stage.folder = join(stage.root, step.path);
    await mkdir(stage.folder, { recursive: true });
  } else if (step.kind === "copy") {
    const target = join(stage.folder, step.target);
    const from = step.from === undefined ? undefined : earlier.get(step.from);
    for (const source of step.sources)
      if (from)
        await cp(join(from.root, source), target, { recursive: true, verbatimSymlinks: true });
      else await copyContext(source, target);
  } else if (step.command.startsWith("apt-get")) {
    // The base image's own part, on the machine itself.
    const names = /install ([^&]*)/u.exec(step.command)?.[1]?.split(/\s+/u) ?? [];
    installPackages(names.filter((name) => /^[a-z]/u.test(name)));
  } else await execute("sh", ["-c", step.command], { cwd: stage.folder, env: inStage(stage) });
}

/** The files that Git knows and .dockerignore lets through. */
async function copyContext(source: string, target: string): Promise<void> {
  const ignored = (await readFile(join(root, ".dockerignore"), "utf8"))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const { stdout } = await execute("git", ["ls-files", "-z", "--", source], { cwd: root });
  const files = stdout.split("\0").filter((file) => file !== "");
  const kept = files.filter((file) =>
    ignored.every((line) => !matchesGlob(file, line) && !matchesGlob(file, `${line}/**`)),
  );
  for (const file of kept) await cp(join(root, file), join(target, file));
}

/** What commands of a stage find in their environment; its Node is the one that runs this. */
function inStage({ root: stageRoot, environment }: Stage): NodeJS.ProcessEnv {
  const bin = join(stageRoot, "usr/local/bin");
  const path = [bin, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"];
  // How this machine reaches registries.
  const network = Object.entries(process.env).filter(([name]) =>
    /^(?:npm_config_registry|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|\w+_proxy)$/iu.test(name),
  );
  return {
    ...Object.fromEntries(network),
    HOME: process.env["HOME"],
    npm_config_prefix: join(stageRoot, "usr/local"),
    // What is built already in this state is taken from the repository's own cache.
    TURBO_CACHE_DIR: join(root, ".turbo/cache"),
    ...environment,
    PATH: path.join(delimiter),
  };
}

/** Starts the API and a worker, sends a picture and a job, and ends both as an orchestrator does. */
async function use(
  image: Stage,
  command: readonly string[],
  healthcheck: readonly string[],
): Promise<void> {
  const data = join(ground, "data");
  await mkdir(data);
  if (isRoot) await chown(data, nobody, nobody);
  const settings = { ...ports, DATA_DIR: data, ALLOW_ANONYMOUS: "true", WORKER_IN_API: "false" };
  const start = (words: readonly string[], extra: Record<string, string> = {}) => {
    const child = spawn(words[0] ?? "", words.slice(1), {
      cwd: image.folder,
      env: { ...inStage(image), ...settings, ...extra },
      stdio: ["ignore", "ignore", "inherit"],
      ...(isRoot ? { uid: nobody, gid: nobody } : {}),
    });
    running.push(child);
    return child;
  };
  const api = start(command, { ENABLE_METRICS: "true" });
  await answers(`http://127.0.0.1:${ports.PORT}/ready`);
  const [code] = (await once(start(healthcheck), "exit")) as [number | null];
  assert.equal(code, 0, "HEALTHCHECK fails");
  const worker = start(["node", "apps/worker/dist/main.js"]);
  await answers(`http://127.0.0.1:${ports.WORKER_PORT}/health`);
  await answers(`http://127.0.0.1:${ports.METRICS_PORT}/metrics`);

  const form = new FormData();
  const picture = await readFile(join(root, "examples/cutout.png"));
  form.set("image", new File([picture], "cutout.png"));
  const made = await post("process-image", form);
  assert.equal(made.status, 200, await made.text());
  const input = {
    source: { kind: "bytes", data: picture.toString("base64") },
    variants: [{ name: "small", output: { format: "webp" } }],
  };
  const job = await post("jobs", JSON.stringify({ kind: "process", input }));
  assert.equal(job.status, 202, await job.text());
  await answers(job.headers.get("location") ?? "", (text) => text.includes('"succeeded"'));

  const maps = await readFile(`/proc/${api.pid}/maps`, "utf8");
  assert.match(maps, /jemalloc/u, "jemalloc is not in use");
  for (const child of [worker, api]) {
    child.kill("SIGTERM");
    const [ended] = (await once(child, "exit")) as [number | null];
    assert.equal(ended, 0, "SIGTERM does not end it cleanly");
  }
}

async function post(path: string, body: FormData | string): Promise<Response> {
  const headers = typeof body === "string" ? { "content-type": "application/json" } : {};
  return fetch(`http://127.0.0.1:${ports.PORT}/api/v1/${path}`, { method: "POST", body, headers });
}

/** Waits, for a minute at most, until an address answers well. */
async function answers(url: string, isGood = (_text: string) => true): Promise<void> {
  const address = URL.parse(url, `http://127.0.0.1:${ports.PORT}`)?.href ?? url;
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok && isGood(await response.text())) return;
    for (const child of running)
      assert(child.exitCode === null || child.exitCode === 0, "It ended at its start");
  }
  assert.fail(`${url} does not answer as it should`);
}
