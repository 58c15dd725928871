import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { checkFloors } from "../tools/check-floors.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "floors-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What a planted package uses, and uses in its tests only, and its source files by path. */
interface Planted {
  readonly uses?: string[];
  readonly tests?: string[];
  readonly files?: Record<string, string>;
}

function plant(folder: string, { uses = [], tests = [], files = {} }: Planted = {}): void {
  const manifest = {
    name: `@tintype/${folder.split("/")[1]}`,
    dependencies: { ...declarations(uses), zod: "catalog:" },
    devDependencies: declarations(tests),
  };
  write(join(folder, "package.json"), JSON.stringify(manifest));
  for (const [file, text] of Object.entries(files)) write(join(folder, file), text);
}

function declarations(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`@tintype/${name}`, "workspace:^"]));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** The findings in a house whose one package uses the other. */
function findingsOfUse(folder: string, used: string): string[] {
  plant(folder, { uses: [used] });
  return checkFloors(root);
}

/** The findings in a house where `exporters`, which declares two packages, has the one file. */
function findingsOfFile(text: string, file = "src/a.ts"): string[] {
  plant("packages/exporters", { uses: ["image-core"], tests: ["errors"], files: { [file]: text } });
  return checkFloors(root);
}

describe("what stands right", () => {
  test("a house that keeps its floors has no findings", () => {
    plant("packages/errors", { files: { "src/index.ts": 'export * from "./a.ts";' } });
    plant("packages/image-core", {
      uses: ["errors"],
      files: { "src/a.ts": 'import "@tintype/errors";' },
    });
    plant("packages/exporters", { uses: ["errors", "image-core"] });
    plant("packages/storage", { uses: ["errors"] });
    plant("packages/storage-s3", { uses: ["storage"] });
    plant("packages/pipeline", {
      uses: ["exporters", "storage"],
      tests: ["errors"],
      files: {
        "src/a.ts": 'import type { Storage } from "@tintype/storage";\nimport "zod";',
        "src/a.test.ts": 'import "@tintype/errors"; import "../package.json";',
      },
    });
    plant("packages/jobs", { uses: ["pipeline"] });
    plant("packages/jobs-bullmq", { uses: ["jobs"] });
    plant("packages/runtime", {
      uses: ["storage-s3", "jobs-bullmq"],
      files: { "src/a.ts": 'await import("@tintype/storage-s3");' },
    });
    plant("apps/api", { uses: ["runtime", "errors"] });
    expect(checkFloors(root)).toEqual([]);
  });

  test("code in strings, comments and build output is not an import", () => {
    plant("packages/errors", {
      files: {
        "src/a.ts": 'export const a = `import "@tintype/cli"`; // import "../../x.ts"',
        "dist/a.js": 'import "@tintype/cli";',
        "node_modules/x/index.js": 'import "@tintype/cli";',
      },
    });
    expect(checkFloors(root)).toEqual([]);
  });
});

describe("a manifest", () => {
  test("of a package that is not in the table is told where to add it", () => {
    plant("packages/sorcery");
    expect(checkFloors(root)).toEqual([
      "packages/sorcery: sorcery stands on no floor; add it to `floors` in tools/check-floors.ts.",
    ]);
  });

  test.each([
    ["packages/storage", "pipeline", "it stands on a higher floor"],
    ["packages/errors", "storage", "it stands on a higher floor"],
    ["packages/image-core", "storage", "no arrow on the floor of families leads there"],
    ["packages/pipeline", "jobs", "no arrow on the floor of orchestration leads there"],
    ["packages/jobs", "sorcery", "it stands on no floor"],
    ["packages/pipeline", "storage-s3", "only the composition floor names adapters"],
    ["packages/storage-s3", "storage-local", "only the composition floor names adapters"],
    ["apps/api", "storage-local", "only the composition floor names adapters"],
    ["packages/runtime", "api", "nobody uses an app"],
    ["apps/worker", "cli", "nobody uses an app"],
  ])("in %s may not name %s", (folder, used, reason) => {
    const name = folder.split("/")[1];
    expect(findingsOfUse(folder, used)).toEqual([
      `${folder}/package.json: ${name} may not use ${used}: ${reason}.`,
    ]);
  });

  test("may not name an adapter for its tests either", () => {
    plant("packages/pipeline", { tests: ["storage-local"] });
    expect(checkFloors(root)).toHaveLength(1);
  });

  test("that closes a cycle is found, with every package on the way", () => {
    plant("packages/storage", { uses: ["exporters"] });
    plant("packages/exporters", { uses: ["image-core"] });
    plant("packages/image-core", { tests: ["storage"] });
    expect(checkFloors(root)).toContain(
      "exporters → image-core → storage → exporters: a cycle; cut one of its arrows.",
    );
  });
});

describe("a source file", () => {
  test("may not leave its package by a relative path", () => {
    expect(findingsOfFile('import "../../errors/src/index.ts";')).toEqual([
      'packages/exporters/src/a.ts: "../../errors/src/index.ts" leaves the package.',
    ]);
  });

  test.each([
    'import { a } from "@tintype/errors";',
    'import type { A } from "@tintype/errors";',
    'export * from "@tintype/errors";',
    'export { a } from "@tintype/errors";',
    'export const load = () => import("@tintype/errors");',
    'export type A = import("@tintype/errors").A;',
  ])("may not use what is declared for development only: %s", (text) => {
    expect(findingsOfFile(text)).toEqual([
      'packages/exporters/src/a.ts: "@tintype/errors" is declared for development only.',
    ]);
    expect(findingsOfFile(text, "src/a.test.ts")).toHaveLength(1);
  });

  test("may not use a package that its manifest does not declare", () => {
    plant("packages/pipeline", { files: { "src/a.ts": 'import "@tintype/storage/testing";' } });
    expect(checkFloors(root)).toEqual([
      'packages/pipeline/src/a.ts: "@tintype/storage/testing" is not declared in packages/pipeline/package.json.',
    ]);
  });

  test("may not use what its floor refuses, declared or not", () => {
    expect(findingsOfFile('import "@tintype/pipeline";')).toEqual([
      "packages/exporters/src/a.ts: exporters may not use pipeline: it stands on a higher floor.",
    ]);
  });
});

test("the command prints one line a finding and exits 1, and without findings 0", () => {
  const tool = fileURLToPath(new URL("../tools/check-floors.ts", import.meta.url));
  const run = () => spawnSync(process.execPath, [tool, root], { encoding: "utf8" });
  expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
  plant("packages/storage", { uses: ["pipeline", "jobs"] });
  expect(run()).toMatchObject({ status: 1, stderr: `${checkFloors(root).join("\n")}\n` });
});
