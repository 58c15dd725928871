import { randomUUID } from "node:crypto";

import { openTestDatabase, postgresEngine, sqliteEngine } from "@tintype/database/testing";
import { dispatcherContract } from "@tintype/jobs/testing";

import { createBullDispatcher } from "./bull-dispatcher.ts";
import type { BullPlace } from "./bull-place.ts";

/** The address of a server that tests are started with; without one they fail. */
function serverAt(variable: string): string {
  const url = process.env[variable];
  if (url === undefined)
    throw new Error(`Set ${variable}, or start the tests by npm run test:services.`);
  return url;
}

function dispatchersAt(place: BullPlace) {
  const name = `test-${randomUUID()}`;
  // A third of it is no whole number, which Redis would refuse.
  return () => createBullDispatcher({ ...place, name, leaseMs: 1600 });
}

dispatcherContract("BullMQ on Redis", {
  async create() {
    const dispatcher = dispatchersAt({ redisUrl: serverAt("TEST_REDIS_URL") });
    return { database: await openTestDatabase(sqliteEngine), dispatcher };
  },
});

dispatcherContract("BullMQ on PostgreSQL", {
  async create() {
    const dispatcher = dispatchersAt({ databaseUrl: serverAt("TEST_POSTGRES_URL") });
    return { database: await openTestDatabase(postgresEngine), dispatcher };
  },
});
