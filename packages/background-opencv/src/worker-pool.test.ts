import { expect, test } from "vitest";

import { WorkerPool } from "./worker-pool.ts";

const script = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", (word) => {
    if (word === "exit") process.exit(3);
    if (word === "throw") throw new Error("thrown in a worker");
    parentPort.postMessage(word);
  });
`;

test("a worker that dies fails its own call alone", async () => {
  const pool = new WorkerPool({
    file: new URL(
      `data:text/javascript,${encodeURIComponent(`import { createRequire } from "node:module"; const require = createRequire("file:///");${script}`)}`,
    ),
    maxWorkers: 1,
    idleMs: 1000,
    deadlineMs: 10_000,
    late: () => new Error("late"),
    crashed: (request, cause) => new Error(`crashed on ${String(request)}`, { cause }),
  });
  const calls = ["a", "exit", "b", "throw", "c"].map((word) => pool.call<string>(word));
  const outcomes = await Promise.allSettled(calls);
  expect(
    outcomes.map((outcome) =>
      outcome.status === "fulfilled" ? outcome.value : String(outcome.reason),
    ),
  ).toEqual(["a", "Error: crashed on exit", "b", "Error: crashed on throw", "c"]);
  await pool.close(new Error("closed"));
  expect(pool.size).toBe(0);
});
