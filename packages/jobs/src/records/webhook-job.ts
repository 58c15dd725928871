import { randomUUID } from "node:crypto";

import type { JobRow } from "@tintype/database";

import { rowOf } from "./accept-jobs.ts";
import { jobOf } from "./read-jobs.ts";

/** What the kind of jobs is called that tells somebody's server of an end. */
export const webhookKind = "webhook";

/** The job that tells the end of another one; put on record with that end, so that none is ever untold. */
export function webhookJobOf(row: JobRow, now: number): JobRow {
  const body = {
    type: `job.${row.state}`,
    timestamp: new Date(now).toISOString(),
    data: jobOf(row),
  };
  const job = {
    id: randomUUID(),
    kind: webhookKind,
    project: row.project,
    priority: "high",
    input: JSON.stringify({ url: row.webhook, jobId: row.id, body: JSON.stringify(body) }),
    fingerprint: "",
  } as const;
  return rowOf(job, { now, before: 0 });
}
