/**
 * Rehearses a release of the last commit: in a clone, against a registry on the loopback interface, up to a program
 * that installs what was published and runs it. Exits 1 when a version does not move or the program fails.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { LoopbackRegistry } from "./loopback-registry.ts";

/** Gets a minor version, which leaves the range of what depends on it. */
const changed = "@tintype/image-core";
/** Depends on it, so must follow. */
const dependent = "@tintype/exporters";

const execute = promisify(execFile);
const root = join(import.meta.dirname, "..");
const folder = await mkdtemp(join(tmpdir(), "release-"));
const clone = join(folder, "clone");
const project = join(folder, "project");

try {
  await using registry = await LoopbackRegistry.start();
  await run(root, "git", "clone", "--quiet", root, clone);
  await run(clone, "pnpm", "install", "--frozen-lockfile", "--prefer-offline");

  const before = await versions();
  await version();
  const after = await versions();
  assert.notEqual(after[changed], before[changed], `${changed} kept its version`);
  assert.notEqual(after[dependent], before[dependent], `${dependent} did not follow`);

  await publish(registry);
  const published = [...registry.packages.values()].map(
    ({ name, "dist-tags": tags }) => [name, tags["latest"]] as const,
  );
  assert.partialDeepStrictEqual(Object.fromEntries(published), after);

  await install(registry);
  assert.equal(await run(project, "node", "recipe.mjs"), "8 × 4 px, image/png\n");
  console.log(published.map(([name, latest]) => `${name} ${latest}`).join("\n"));
} finally {
  await rm(folder, { recursive: true });
}

/** Lets a changeset move the versions, and commits that. */
async function version(): Promise<void> {
  const changeset = `---\n"${changed}": minor\n---\n\nRehearse a release.\n`;
  await writeFile(join(clone, ".changeset/rehearsal.md"), changeset);
  await run(clone, "pnpm", "exec", "changeset", "version");
  const author = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@example.invalid"];
  await run(clone, "git", ...author, "commit", "--quiet", "--all", "--message=Release");
}

/** Builds and publishes as `pnpm release` does, to a client that knows no other registry. */
async function publish({ url }: LoopbackRegistry): Promise<void> {
  const userconfig = join(folder, "npmrc");
  const token = `${url.replace("http:", "")}:_authToken=rehearsal`;
  await writeFile(userconfig, `registry=${url}\n${token}\n`);
  await execute("pnpm", ["run", "release"], {
    cwd: clone,
    env: { ...process.env, npm_config_userconfig: userconfig, NPM_CONFIG_USERCONFIG: userconfig },
  });
}

/** Makes the consumer of the tests a plain npm project that gets our scope from the registry. */
async function install({ url }: LoopbackRegistry): Promise<void> {
  await cp(join(clone, "tests/consumer"), project, { recursive: true });
  await writeFile(join(project, ".npmrc"), `@tintype:registry=${url}\n`);
  await run(
    project,
    "npm",
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    changed,
    dependent,
  );
}

/** The version of the two packages by their manifests in the clone. */
async function versions(): Promise<Readonly<Record<string, string>>> {
  const entries = [changed, dependent].map(async (name) => {
    const path = join(clone, "packages", name.replace("@tintype/", ""), "package.json");
    const manifest = JSON.parse(await readFile(path, "utf8")) as { version: string };
    return [name, manifest.version] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Runs a command and gives what it printed; throws with its error output when it fails. */
async function run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  return (await execute(command, args, { cwd })).stdout;
}
