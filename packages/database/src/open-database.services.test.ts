import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";

import { openDatabase } from "./open-database.ts";
import { databaseSuite } from "./suite/database-suite.ts";
import { openTestDatabase, postgresEngine } from "./testing.ts";

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

test("a connection that ends in somebody's hands fails his work alone", async () => {
  const { queries } = await openTestDatabase(postgresEngine);
  const ended = queries.transaction().execute(async (transaction) => {
    const pid = sql<{ pid: number }>`select pg_backend_pid() as pid`;
    const { rows } = await pid.execute(transaction);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(queries);
    // Nobody asks anything while the server says that it is over.
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    return pid.execute(transaction);
  });
  await expect(ended).rejects.toMatchObject({ code: "database.unavailable" });
  expect(await queries.selectFrom("jobs").select("id").execute()).toEqual([]);
});

test("a server that falls silent amid a query is unavailable, and one that speaks again is asked anew", async () => {
  const place = await postgresEngine.createPlace();
  const database = await openDatabase({ ...place, maxConnections: 1, silenceMs: 300 });
  onTestFinished(async () => database.close());
  const { queries } = database;
  const pid = sql<{ pid: number }>`select pg_backend_pid() as pid`;
  const { pid: frozen = 0 } = (await pid.execute(queries)).rows[0] ?? {};
  process.kill(frozen, "SIGSTOP");
  try {
    await expect(pid.execute(queries)).rejects.toMatchObject({ code: "database.unavailable" });
  } finally {
    process.kill(frozen, "SIGCONT");
  }
  const { rows } = await pid.execute(queries);
  expect(rows[0]?.pid).not.toBe(frozen);
});
