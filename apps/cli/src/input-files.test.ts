import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { describe, expect, test } from "vitest";

import { findInputFiles } from "./input-files.ts";
import { testFolder } from "./testing/test-terminal.ts";

/** A folder with empty files of these names. */
function folderOf(...names: readonly string[]): string {
  const folder = testFolder();
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), "");
  }
  return folder;
}

const find = async (folder: string, ...patterns: readonly string[]) => {
  const files = await findInputFiles(patterns.map((pattern) => join(folder, pattern)));
  return files.map(({ path, name }) => [relative(folder, path), name]);
};

describe("the files of a command line", () => {
  test("are those that it names, in its order, each once", async () => {
    const folder = folderOf("b.png", "a.png");
    expect(await find(folder, "b.png", "a.png", "./b.png")).toEqual([
      ["b.png", "b"],
      ["a.png", "a"],
    ]);
  });

  test("are those that a pattern finds, in order", async () => {
    const folder = folderOf("b.png", "a.png", "c.jpg", "sub/d.png");
    expect(await find(folder, "*.png")).toEqual([
      ["a.png", "a"],
      ["b.png", "b"],
    ]);
    expect((await find(folder, "**/*.png")).map(([path]) => path)).toEqual([
      "a.png",
      "b.png",
      "sub/d.png",
    ]);
  });

  test("are not those of installed packages, or behind links, unless they are named", async () => {
    const outside = folderOf("secret.png");
    const folder = folderOf("a.png", "node_modules/x/b.png", "sub/node_modules/c.png");
    symlinkSync(outside, join(folder, "link"));
    expect(await find(folder, "**/*.png")).toEqual([["a.png", "a"]]);
    expect(await find(folder, "node_modules/**/*.png")).toEqual([["node_modules/x/b.png", "b"]]);
    expect(await find(folder, "link/*.png")).toEqual([["link/secret.png", "secret"]]);
  });

  test("are a folder's own pictures, whatever the case of their extensions", async () => {
    const folder = folderOf("in/a.PNG", "in/b.jpeg", "in/c.heic", "in/notes.txt", "in/sub/c.png");
    expect((await find(folder, "in")).map(([path]) => path)).toEqual([
      "in/a.PNG",
      "in/b.jpeg",
      "in/c.heic",
    ]);
  });

  test("keep a name that looks like a pattern where there is such a file", async () => {
    const folder = folderOf("a[1].png", "a1.png");
    expect(await find(folder, "a[1].png")).toEqual([["a[1].png", "a-1"]]);
  });

  test("may be addresses, of which the query names nothing", async () => {
    const addresses = ["https://a.example/x/car.png?v=*", "s3://shop/cars/1.webp"];
    expect(await findInputFiles(addresses)).toEqual([
      { path: addresses[0], name: "car" },
      { path: addresses[1], name: "1" },
    ]);
  });

  test("may be keys of the storage, which are no patterns", async () => {
    expect(await findInputFiles(["stored:a*.png", "stored:cars/b#1.png"])).toEqual([
      { path: "stored:a*.png", name: "a" },
      { path: "stored:cars/b#1.png", name: "b-1" },
    ]);
  });

  test("keep what finds nothing, to fail by itself", async () => {
    const folder = folderOf("a.png");
    expect((await find(folder, "no.png", "no*.png", "a.png")).map(([path]) => path)).toEqual([
      "no.png",
      "no*.png",
      "a.png",
    ]);
  });

  test("have names of their own where their stems are the same, also on disks that ignore case", async () => {
    const folder = folderOf("car.png", "car.jpg", "sub/CAR.png", "car-2.png", "🐞.png");
    const files = await find(folder, "car.png", "car.jpg", "sub/CAR.png", "car-2.png", "🐞.png");
    expect(files.map(([, name]) => name)).toEqual(["car", "car-2", "CAR-3", "car-2-2", "image"]);
  });
});
