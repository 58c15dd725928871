import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { builtInRegistries } from "@tintype/pipeline";
import { describe, expect, test } from "vitest";

import { parseCall } from "./parse-call.ts";
import { samplePng, testFolder, tintype } from "./testing/test-terminal.ts";

const { steps, exporters, presets } = builtInRegistries;
const lists = [
  ["steps", steps],
  ["formats", exporters],
  ["presets", presets],
] as const;

describe("tintype", () => {
  test.each([[["--help"]], [["help"]], [["process", "--help"]], [["steps", "--help"]]])(
    "shows how it is used: %j",
    async (words) => {
      const { exitCode, stdout, stderr } = await tintype(words);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toMatch(/^Usage: tintype/u);
    },
  );

  test("tells its version", async () => {
    expect(await tintype(["--version"])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) as string,
      stderr: "",
    });
  });

  test.each([
    [["proces"], "Did you mean process?"],
    [["process", "a.png", "--fromat", "webp"], "Did you mean --format?"],
    [["process"], "missing required argument 'files'"],
    [["process", "a.png", "-f", "webp", "-q", "0"], "Expected a whole number from 1 to 100."],
    [["process", "a.png", "-f", "webp", "-q", "good"], "Expected a whole number from 1 to 100."],
    [["info"], "missing required argument 'file'"],
  ])("does not run %j, and says why", async (words, message) => {
    const { exitCode, stdout, stderr } = await tintype(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(message);
    const asJson = await tintype([...words, "--json"]);
    expect(asJson).toMatchObject({ exitCode: 2, stderr: "" });
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      error: { code: "cli.usage", message: expect.stringContaining("error: ") as string },
    });
  });

  test("shows how it is used when nothing is asked of it", async () => {
    expect(await tintype([])).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringMatching(/^Usage: tintype/u) as string,
    });
  });

  test("names an environment variable that is wrong", async () => {
    const environment = { TINTYPE_MAX_PIXELS: "many" };
    const { exitCode, stderr } = await tintype(["steps"], { environment });
    expect(exitCode).toBe(11);
    expect(stderr).toContain("TINTYPE_MAX_PIXELS");
  });
});

describe.each(lists)("tintype %s", (list, { all }) => {
  test("lists each in a line", async () => {
    const { stdout } = await tintype([list]);
    const names = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(names).toEqual(all.map(({ name }) => name));
  });

  test("shows each with its options, and with examples that can be read", async () => {
    for (const { kind, name, options, examples } of all) {
      const { stdout } = await tintype([list, name]);
      for (const option of Object.keys(options.shape)) expect(stdout).toContain(`\n  ${option}: `);
      const shown = (stdout.split("\nExamples\n")[1] ?? "").trimEnd().split("\n");
      const calls = shown.map((call) => parseCall(kind, call.trim()));
      expect(calls).toEqual(examples.map((example) => Object.assign({ [kind]: name }, example)));
    }
  });

  test("is JSON with --json", async () => {
    const { stdout } = await tintype([list, "--json"]);
    expect((JSON.parse(stdout) as unknown[]).length).toBe(all.length);
  });

  test("knows what it does not know", async () => {
    const { exitCode, stderr } = await tintype([list, "nope"]);
    expect(exitCode).toBe(6);
    expect(stderr).toContain(`There is no "nope". Known: ${all[0]?.name}`);
  });
});

describe("tintype info", () => {
  test("tells what a header says, as a table and as JSON", async () => {
    const file = join(testFolder(), "a.png");
    writeFileSync(file, await samplePng());
    const { stdout } = await tintype(["info", file]);
    expect(stdout).toMatch(/^format +png \(image\/png\)\nsize +48 × 32 px\nfile size +\d+ B\n/u);
    const { stdout: json } = await tintype(["info", file, "--json"]);
    expect(JSON.parse(json)).toMatchObject({
      format: "png",
      width: 48,
      height: 32,
      hasAlpha: true,
    });
  });

  test("reads standard input", async () => {
    const { stdout } = await tintype(["info", "-"], { stdin: await samplePng() });
    expect(stdout).toContain("48 × 32 px");
  });

  test.each([
    [Buffer.alloc(0), 3, "image.empty"],
    [Buffer.from("text"), 4, "image.unknown_type"],
  ])("refuses what is no picture", async (stdin, exitCode, code) => {
    const ran = await tintype(["info", "-"], { stdin });
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stderr).toContain(`(${code})`);
  });

  test("holds the limits of the settings", async () => {
    const environment = { TINTYPE_MAX_PIXELS: "100" };
    const { exitCode } = await tintype(["info", "-"], { stdin: await samplePng(), environment });
    expect(exitCode).toBe(5);
  });
});
