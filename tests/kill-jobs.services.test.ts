import { expect, test } from "vitest";

import { killLoop } from "../tools/rehearse-jobs/kill-loop.ts";
import { startServers } from "../tools/rehearse-jobs/servers.ts";

test.each(["Redis", "PostgreSQL"])(
  "workers that are killed in the middle of jobs that %s brings lose none, and do none twice",
  async (server) => {
    await using servers = await startServers();
    const { DATABASE_URL = "", REDIS_URL = "" } = servers.environment;
    const environment = { DATABASE_URL, ...(server === "Redis" && { REDIS_URL }) };
    expect(await killLoop({ app: "worker", kills: 5, jobs: 50, environment })).toMatchObject({
      lost: [],
      unfinished: [],
      twice: [],
      missing: [],
    });
  },
  300_000,
);
