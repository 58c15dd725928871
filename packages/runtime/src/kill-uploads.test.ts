import { expect, test } from "vitest";

import { killLoop } from "./testing/kill-loop.ts";

test("uploads that are killed leave every finished picture whole, and nothing else", async () => {
  expect(await killLoop(3)).toBeGreaterThan(0);
}, 60_000);
