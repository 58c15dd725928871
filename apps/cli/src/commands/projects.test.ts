import { loadSettings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";
import { expect, onTestFinished, test } from "vitest";

import { samplePng, testFolder, tintype } from "../testing/test-terminal.ts";

test("projects are told with what they hold, and their rules are set and taken back", async () => {
  const environment = { DATA_DIR: testFolder() };
  const projects = async (...words: readonly string[]) =>
    tintype(["projects", ...words], { environment });
  const runtime = await createRuntime(loadSettings(environment));
  onTestFinished(async () => runtime.close());
  const { bytes } = await (
    await runtime.assets()
  ).ingest({ project: "shop/summer" }, await samplePng());

  await projects("set", "shop/summer", "--temporary", "90m", "--outputs", "48h");
  await projects("set", "zoo", "--outputs", "30d");
  expect((await projects("ls")).stdout).toMatch(
    /^shop\/summer +1 pictures +\d+ B +temporary 90m +outputs 2d\nzoo +0 pictures +0 B +outputs 30d\n$/u,
  );
  await projects("set", "shop/summer");
  expect(JSON.parse((await projects("ls", "--json")).stdout)).toEqual([
    { name: "shop/summer", pictures: 1, bytes, temporaryMs: null, outputsMs: null },
    { name: "zoo", pictures: 0, bytes: 0, temporaryMs: null, outputsMs: 2_592_000_000 },
  ]);
});

test.each([
  [["set", "shop", "--outputs", "soon"], 2, "such as 6h"],
  [["set", "shop", "--temporary", "0h"], 2, "such as 6h"],
  [["set", "shop", "--temporary", "3651d"], 2, "such as 6h"],
  [["set", "../up"], 3, "asset.invalid_project"],
  [["set"], 2, "project"],
])("projects %j ends with %i and says %s", async (words, exitCode, says) => {
  const environment = { DATA_DIR: testFolder() };
  const ran = await tintype(["projects", ...words], { environment });
  expect(ran).toMatchObject({ exitCode, stderr: expect.stringContaining(says) as string });
});
