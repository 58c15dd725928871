import { mkdirSync, mkdtempSync, rmSync, existsSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { tintype } from "../testing/test-terminal.ts";

test("cleanup tells what would go, and then removes it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tintype-cleanup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const old = join(folder, "files/outputs/a/old.png");
  const young = join(folder, "files/outputs/a/young.png");
  mkdirSync(join(folder, "files/outputs/a"), { recursive: true });
  for (const file of [old, young]) writeFileSync(file, "x");
  const lastWeek = Date.now() / 1000 - 8 * 86_400;
  utimesSync(old, lastWeek, lastWeek);

  const cleanup = async (...words: readonly string[]) => {
    const environment = { DATA_DIR: folder };
    const { exitCode, stdout } = await tintype(["cleanup", ...words], { environment });
    expect(exitCode).toBe(0);
    return stdout;
  };
  expect(await cleanup("--dry-run")).toContain("1  finished images that no record names");
  expect(existsSync(old)).toBe(true);
  expect(JSON.parse(await cleanup("--json"))).toMatchObject({ dryRun: false, outputs: 1 });
  expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  expect(await cleanup()).toMatch(/^Removed:\n0 {2}temporary pictures\n/u);
});
