import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Programs in READMEs that name the file they are a copy of: `<!-- examples/x.ts -->` before the code. */
const snippets = globSync(["README.md", "{packages,apps}/*/README.md"], { cwd: root }).flatMap(
  (readme) =>
    Array.from(
      readFileSync(join(root, readme), "utf8").matchAll(
        /<!-- (examples\/[\w-]+\.ts) -->\n+```ts\n([\s\S]*?)```/gu,
      ),
      ([, file = "", code = ""]) => ({ readme, file, code }),
    ),
);

describe("a README", () => {
  test("shows at least one program", () => {
    expect(snippets.length).toBeGreaterThan(0);
  });

  test.each(snippets)("$readme shows $file as it is", ({ file, code }) => {
    expect(code).toBe(readFileSync(join(root, file), "utf8"));
  });
});

describe("an example", () => {
  const folder = mkdtempSync(join(tmpdir(), "examples-"));
  symlinkSync(join(root, "examples"), join(folder, "examples"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(globSync("examples/*.ts", { cwd: root }))("%s runs", (file) => {
    const printed = execFileSync(
      process.execPath,
      ["--conditions=@tintype/source", join(root, file)],
      { cwd: folder, encoding: "utf8" },
    );
    expect(printed).not.toBe("");
  });
});
