import { expect, test } from "vitest";

import { startStopwatch } from "./stopwatch.ts";

test("a stopwatch knows every stage from the start, and adds up a stage that comes twice", async () => {
  const stopwatch = startStopwatch(["read", "store"]);
  expect(stopwatch.read()).toMatchObject({ read: 0, store: 0 });
  await stopwatch.time("read", pause);
  const { read: once } = stopwatch.read();
  await stopwatch.time("read", pause);
  const { read: twice, store, total } = stopwatch.read();
  expect(once).toBeGreaterThan(0);
  expect(twice).toBeGreaterThan(once);
  expect(total).toBeGreaterThanOrEqual(twice);
  expect(store).toBe(0);
});

test("a stopwatch gives what the work gave, and counts work that fails", async () => {
  const stopwatch = startStopwatch(["read"]);
  expect(await stopwatch.time("read", async () => "result")).toBe("result");
  const failure = new Error("no");
  const failing = stopwatch.time("read", async () => {
    await pause();
    throw failure;
  });
  await expect(failing).rejects.toBe(failure);
  expect(stopwatch.read().read).toBeGreaterThan(0);
});

const pause = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 2);
  });
