import { spawnSync } from "node:child_process";

import { expect, test } from "vitest";

import { sampleMetrics } from "./sample-metrics.ts";

test("Prometheus' own check finds nothing to complain about", async () => {
  const program = process.env["TEST_PROMTOOL"];
  if (program === undefined)
    throw new Error("TEST_PROMTOOL is not set: run this amid tools/services.");
  const input = await sampleMetrics().render();
  const { status, stdout, stderr } = spawnSync(program, ["check", "metrics"], {
    input,
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
});
