import { postgresEngine } from "@tintype/database/testing";
import { expect, test } from "vitest";

import { killLoop } from "./testing/kill-loop.ts";

test("fifty times killed, the embedded database and the files agree", async () => {
  expect(await killLoop(50)).toBeGreaterThanOrEqual(25);
}, 600_000);

test("ten times killed, PostgreSQL and the files agree", async () => {
  const place = await postgresEngine.createPlace();
  if (!("url" in place)) throw new Error("PostgreSQL lives on a server.");
  expect(await killLoop(10, { DATABASE_URL: place.url })).toBeGreaterThanOrEqual(5);
}, 300_000);
