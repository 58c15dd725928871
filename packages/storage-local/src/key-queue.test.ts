import { setImmediate as tick } from "node:timers/promises";

import { expect, test } from "vitest";

import { createKeyQueue } from "./key-queue.ts";

test("runs the work of one key in order, also after a failure, and other keys meanwhile", async () => {
  const inTurn = createKeyQueue();
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} starts`);
    await tick();
    events.push(`${name} ends`);
    if (name === "first") throw new Error("first failed");
    return name;
  };
  const turns = [
    inTurn("a", work("first")),
    inTurn("a", work("second")),
    inTurn("b", work("other")),
  ];
  expect(await Promise.allSettled(turns)).toMatchObject([
    { reason: { message: "first failed" } },
    { value: "second" },
    { value: "other" },
  ]);
  expect(events.indexOf("second starts")).toBeGreaterThan(events.indexOf("first ends"));
  expect(events.indexOf("other starts")).toBeLessThan(events.indexOf("first ends"));
});
