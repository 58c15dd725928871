import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { testFolder, tintype, type RunOptions } from "../testing/test-terminal.ts";

/** A storage in a folder of its own, and a way to run its commands. */
function setUp(environment: Readonly<Record<string, string>> = {}) {
  const folder = testFolder();
  const file = join(folder, "car.png");
  writeFileSync(file, "a picture");
  const storage = (words: readonly string[], options: RunOptions = {}) =>
    tintype(["storage", ...words], {
      ...options,
      environment: { DATA_DIR: join(folder, "data"), ...environment },
    });
  return { folder, file, storage };
}

describe("tintype storage", () => {
  test("puts a file, and gives it back as a file and on standard output", async () => {
    const { folder, file, storage } = setUp();
    const put = await storage(["put", file, "cars/1.png", "--metadata", "made-by=me=you"]);
    expect(put).toMatchObject({ exitCode: 0, stdout: "cars/1.png  9 B\n", stderr: "" });
    expect((await storage(["get", "cars/1.png", "-"])).stdout).toBe("a picture");
    expect(await storage(["get", "cars/1.png", join(folder, "back.png")])).toMatchObject({
      exitCode: 0,
      stdout: "",
    });
    expect(readFileSync(join(folder, "back.png"), "utf8")).toBe("a picture");
    expect(readdirSync(folder).toSorted()).toEqual(["back.png", "car.png", "data"]);
  });

  test("puts standard input, and not over a key that is taken when told so", async () => {
    const { storage } = setUp();
    const stdin = Buffer.from("from a pipe");
    await storage(["put", "-", "a.txt", "--if-absent"], { stdin });
    expect(await storage(["put", "-", "a.txt", "--if-absent"], { stdin })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("storage.already_exists") as string,
    });
    expect((await storage(["get", "a.txt", "-"])).stdout).toBe("from a pipe");
  });

  test("lists keys by their start, also as JSON", async () => {
    const { file, storage } = setUp();
    for (const key of ["cars/2.png", "cars/1.png", "vans/1.png"]) await storage(["put", file, key]);
    const { stdout } = await storage(["ls", "cars/"]);
    expect(stdout).toMatch(/^\S+ \S+ +9 B {2}cars\/1\.png\n\S+ \S+ +9 B {2}cars\/2\.png\n$/u);
    const all = JSON.parse((await storage(["ls", "--json"])).stdout) as { key: string }[];
    expect(all.map(({ key }) => key)).toEqual(["cars/1.png", "cars/2.png", "vans/1.png"]);
  });

  test("copies and removes files, and whole folders when told so", async () => {
    const { file, storage } = setUp();
    await storage(["put", file, "cars/1.png"]);
    await storage(["cp", "cars/1.png", "cars/2.png"]);
    await storage(["cp", "cars/1.png", "carsten.png"]);
    await storage(["rm", "cars/1.png", "none.png"]);
    expect((await storage(["ls"])).stdout).toMatch(/cars\/2\.png\n.*carsten\.png\n$/u);
    await storage(["rm", "-r", "cars"]);
    expect((await storage(["ls"])).stdout).toMatch(/^\S+ \S+ +9 B {2}carsten\.png\n$/u);
  });

  test("prints addresses, signed ones where links are signed", async () => {
    const { storage } = setUp({ PUBLIC_URL: "https://a.example" });
    expect((await storage(["url", "a b.png"])).stdout).toBe("https://a.example/files/a%20b.png\n");
    expect(await storage(["url", "a.png", "--expires", "60"])).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("storage.cannot_sign") as string,
    });
    const secret = "7b1e0c94d2f8a3654fd8b3b1c2a9e7d0";
    const signing = setUp({ SIGN_URLS: "true", SIGNING_SECRET: secret });
    const { stdout } = await signing.storage(["url", "a.png", "--expires", "60"]);
    expect(stdout).toMatch(/\/api\/v1\/download\/a\.png\?expires=\d+&signature=[\w-]{43}\n$/u);
  });

  test.each([
    [["get", "none.png", "-"], 6, "storage.not_found"],
    [["get", "../up.png"], 3, "storage.invalid_key"],
    [["put", "no-such-file.png", "a.png"], 6, "cli.cannot_read"],
    [["put", ".", "a.png"], 3, "cli.cannot_read"],
    [["url", "a.png", "--expires", "soon"], 2, "whole number"],
    [["put", "-", "a.png", "--metadata", "x"], 2, "name=value"],
  ])("%j ends with %i, %s", async (words, exitCode, said) => {
    const ran = await setUp().storage(words);
    expect(ran).toMatchObject({ exitCode, stdout: "" });
    expect(ran.stderr).toContain(said);
  });

  test("names what is missing where the storage is a bucket", async () => {
    const { storage } = setUp({ STORAGE: "minio", S3_BUCKET: "cars" });
    expect(await storage(["ls"])).toMatchObject({
      exitCode: 11,
      stderr: expect.stringContaining("storage.no_endpoint") as string,
    });
  });
});
