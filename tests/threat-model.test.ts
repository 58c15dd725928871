import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

const page = fileURLToPath(new URL("../docs/threat-model.md", import.meta.url));
const text = readFileSync(page, "utf8");

/** Each row of a table after its head: a threat, its defence and its test. */
const rows = text
  .split("\n")
  .filter((line) => /^\| (?!threat|-)/u.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

test.each(rows.map(([, threat = "", , held = ""]) => [threat, held] as const))(
  "%s: the test that holds the defence exists",
  (_threat, held) => {
    const [, file = "", name = ""] = /\]\(([^)]+)\) "(.+)"$/u.exec(held) ?? [];
    const path = join(dirname(page), file);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, "utf8")).toContain(`"${name}"`);
  },
);

test("there are threats on the page", () => expect(rows.length).toBeGreaterThan(20));
