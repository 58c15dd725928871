import { expect, test } from "vitest";

import { killLoop } from "../tools/rehearse-jobs/kill-loop.ts";

test("an API that is killed again and again in the middle of jobs loses none, and does none twice", async () => {
  expect(await killLoop({ app: "api", kills: 2, jobs: 20 })).toMatchObject({
    lost: [],
    unfinished: [],
    twice: [],
    missing: [],
  });
}, 300_000);
