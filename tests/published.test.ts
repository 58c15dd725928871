import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** A package should stay quick to download; ask for more room only for a reason. */
const maxTarballBytes = 150_000;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  /** As published: the workspace itself exports more, for its own processes. */
  readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> };
}

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules/.bin");
const project = mkdtempSync(join(tmpdir(), "published-"));
const packages = globSync("packages/*/package.json", { cwd: root })
  .toSorted()
  .map((path) => JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest)
  .filter((manifest) => manifest.private !== true);

/** What a program can import, but for the contract suites: they load inside of vitest alone. */
const entryPoints = packages.flatMap(({ name, publishConfig }) =>
  Object.keys(publishConfig.exports)
    .filter((entry) => entry !== "./package.json" && entry !== "./testing")
    .map((entry) => name + entry.slice(1)),
);

beforeAll(() => {
  const filters = packages.map(({ name }) => `--filter=${name}`);
  run(root, join(bin, "pnpm"), ...filters, "pack", "--pack-destination", project);
}, 240_000);

afterAll(() => rmSync(project, { recursive: true }));

/** Runs a command and returns what it printed; throws with its error output when it fails. */
function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function tarballOf({ name, version }: Manifest): string {
  return `${name.slice(1).replace("/", "-")}-${version}.tgz`;
}

describe.each(packages)("$name", (manifest) => {
  const tarball = () => readFileSync(join(project, tarballOf(manifest)));

  test("has a right manifest", async () => {
    const { messages } = await publint({
      strict: true,
      pack: { tarball: new Uint8Array(tarball()).buffer },
    });
    expect(messages).toEqual([]);
  });

  test("has right types for every importer that can load an ES module", async () => {
    const result = await checkPackage(createPackageFromTarballData(tarball()));
    const problems = result.types === false ? ["it has no types"] : result.problems;
    expect(problems.filter((problem) => !isOfOldResolution(problem))).toEqual([]);
  });

  test("is small, and carries nothing of the workspace", () => {
    const packed = createPackageFromTarballData(tarball());
    const folder = `/node_modules/${manifest.name}`;
    const strays = packed
      .listFiles()
      .map((path) => path.slice(folder.length + 1))
      .filter(
        (path) => !/^(?:dist\/.+|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path),
      );
    expect(strays).toEqual([]);
    expect(packed.readFile(`${folder}/package.json`)).not.toMatch(
      /workspace:|catalog:|@tintype\/source/,
    );
    expect(tarball().length).toBeLessThan(maxTarballBytes);
  });
});

/** Whether only importers that cannot load an ES module at all have this problem. */
function isOfOldResolution(problem: object | string): boolean {
  return (
    typeof problem === "object" &&
    "resolutionKind" in problem &&
    ["node10", "node16-cjs"].includes(String(problem.resolutionKind))
  );
}

describe("a plain npm project outside the workspace", () => {
  beforeAll(() => {
    cpSync(join(root, "tests/consumer"), project, { recursive: true });
    const tarballs = packages.map((manifest) => `./${tarballOf(manifest)}`);
    const quickly = ["--prefer-offline", "--no-audit", "--no-fund"];
    run(project, "npm", "install", ...quickly, "@types/node@22", ...tarballs);
  }, 240_000);

  test("runs a recipe from an ES module", () => {
    expect(run(project, "node", "recipe.mjs")).toBe("8 × 4 px, image/png\n");
  });

  test("runs a recipe from CommonJS", () => {
    expect(run(project, "node", "recipe.cjs")).toBe("8 × 4 px, image/png\n");
  });

  test("opens the embedded database", () => {
    expect(run(project, process.execPath, "database.mjs")).toBe("sqlite true\n");
  });

  test("type-checks, the declarations of every entry point included", () => {
    const imports = entryPoints.map((name) => `import "${name}";\n`).join("");
    writeFileSync(join(project, "entry-points.ts"), imports);
    const { status, stdout } = spawnSync(join(bin, "tsc"), ["-p", project], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  test("loads every entry point by import and by require", () => {
    expect(run(project, "node", "entry-points.mjs", ...entryPoints)).toBe(
      entryPoints.map((name) => `${name} true\n`).join(""),
    );
  });
});
