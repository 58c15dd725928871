import { expect, test } from "vitest";

import { limit } from "./contenders.ts";
import { measureCase } from "./measure-case.ts";
import { renderCase } from "./render-table.ts";
import { startContender } from "./start-contender.ts";

const small = {
  job: "J4",
  name: "small",
  picture: "small.png",
  part: "small",
  copies: 2,
  isLong: false,
  without: [],
} as const;

/** Runs as often as asked, and no more. */
const peer = { ...limit, isPeer: true };

const broken = { name: "broken", command: [process.execPath, "--eval", ""] as const };

test("every contender is measured against the first, and its outputs are judged", async () => {
  const { results, absent } = await measureCase(small, [peer, { ...peer, name: "twin" }], 2);
  expect(results.map(({ contender, rounds }) => [contender, rounds])).toEqual([
    ["limit", 2],
    ["twin", 2],
  ]);
  const [first, twin] = results;
  expect(first?.cpuRatio).toEqual({ median: 1, min: 1, max: 1 });
  expect(first?.peakMb).toBeGreaterThanOrEqual(first?.idleMb ?? Number.NaN);
  expect(twin?.outputs).toEqual(first?.outputs);
  expect(twin?.outputs.map(({ name }) => name)).toEqual(["jpeg"]);
  expect(twin?.outputs[0]?.psnr).toBeGreaterThan(20);
  expect(absent).toEqual({});
});

test("the table names those who are left out", async () => {
  const line = JSON.stringify({ jobs: [], version: "", absent: "not installed" });
  const missing = {
    name: "missing",
    command: [process.execPath, "--eval", `console.log(${JSON.stringify(line)})`] as const,
  };
  const table = renderCase(await measureCase(small, [peer, missing], 1));
  expect(table).toContain("J4 small");
  expect(table).toContain("left out: missing (not installed)");
});

test("a contender that ends without a word is named", async () => {
  await expect(startContender(broken)).rejects.toThrow("broken ended before it answered");
});

test("a contender that fails says at what, and goes on", async () => {
  await using contender = await startContender(limit);
  const task = { job: "J4", part: "webp", input: "/nowhere.jpg", folder: "" } as const;
  await expect(contender.run({ task, copies: 1 })).rejects.toThrow("limit: ENOENT");
  await expect(contender.run({ task, copies: 1 })).rejects.toThrow("limit: ENOENT");
});
