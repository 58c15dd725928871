import { expect, test } from "vitest";

import { openDatabase } from "./open-database.ts";
import { databaseSuite } from "./suite/database-suite.ts";
import { postgresEngine } from "./testing.ts";

databaseSuite(postgresEngine);

test("a database that the server does not have is unavailable", async () => {
  const place = await postgresEngine.createPlace();
  if (!("url" in place)) throw new Error("PostgreSQL lives on a server.");
  const url = new URL(place.url);
  url.pathname = "/nowhere";
  await expect(openDatabase({ url: url.href })).rejects.toMatchObject({
    code: "database.unavailable",
  });
});
