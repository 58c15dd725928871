import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

import { sharp } from "@tintype/image-core";
import { describe, expect, test } from "vitest";

import { samplePng, testFolder } from "./testing/test-terminal.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** The command line as a process of its own, in a folder. */
function start(words: readonly string[], cwd = process.cwd()) {
  return spawn(process.execPath, ["--conditions=@tintype/source", main, ...words], { cwd });
}

describe("the process", () => {
  test("takes a picture from standard input to standard output", async () => {
    const child = start(["process", "-", "--format", "webp"]);
    child.stdin.end(await samplePng());
    const [bytes, [exitCode]] = await Promise.all([buffer(child.stdout), once(child, "close")]);
    expect(exitCode).toBe(0);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 48 });
  });

  test("ends with the code of what failed", async () => {
    const child = start(["info", "no.png"]);
    const [stderr, [exitCode]] = await Promise.all([buffer(child.stderr), once(child, "close")]);
    expect(exitCode).toBe(6);
    expect(stderr.toString()).toBe("There is no file no.png. (cli.cannot_read)\n");
  });

  test("is content with a reader that closes the pipe", async () => {
    const child = start(["steps", "--json"]);
    child.stdout.destroy();
    const [stderr, [exitCode]] = await Promise.all([buffer(child.stderr), once(child, "close")]);
    expect({ exitCode, stderr: stderr.toString() }).toEqual({ exitCode: 0, stderr: "" });
  });

  test("after Ctrl-C ends with 130, and leaves whole files alone", async () => {
    const folder = testFolder();
    const picture = await samplePng(800, 600);
    const names = Array.from({ length: 40 }, (_, index) => `${index}.png`);
    for (const name of names) writeFileSync(join(folder, name), picture);
    const child = start(["process", ...names, "--format", "avif"], folder);
    await once(child.stdout, "data");
    child.kill("SIGINT");
    const [exitCode] = await once(child, "close");
    expect(exitCode).toBe(130);
    const made = readdirSync(join(folder, "out"));
    expect(made.length).toBeLessThan(names.length);
    expect(made.filter((name) => !name.endsWith(".avif"))).toEqual([]);
  });
});
