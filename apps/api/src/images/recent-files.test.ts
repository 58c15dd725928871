import { expect, test } from "vitest";

import { createRecentFiles } from "./recent-files.ts";

test("the files that were asked for last are made once, within their bytes, and failures each time", async () => {
  const recent = createRecentFiles(20);
  const made: string[] = [];
  const ask = (name: string) =>
    recent(name, async () => {
      made.push(name);
      if (name === "bad") throw new Error("It failed.");
      return new Uint8Array(8);
    });
  for (const name of ["a", "b", "a", "c", "a", "b"]) await ask(name);
  expect(made).toEqual(["a", "b", "c", "b"]);
  for (const _ of [1, 2]) await expect(ask("bad")).rejects.toThrow("It failed.");
  expect(made.slice(4)).toEqual(["bad", "bad"]);
  await ask("a");
  expect(made).toHaveLength(6);
});
