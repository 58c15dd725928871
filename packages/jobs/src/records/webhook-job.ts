import { randomUUID } from "node:crypto";

import type { JobRow } from "@tintype/database";

import { rowOf } from "./accept-jobs.ts";
import { jobOf } from "./read-jobs.ts";

/** What the kind of jobs is called that tells somebody's server of an end. */
export const webhookKind = "webhook";

/** The job that tells the end of another one; put on record with that end, so that none is ever untold. The same end is the same message, however often it is told. */
export function webhookJobOf(row: JobRow, now: number): JobRow {
  const endedAt = row.finished_at ?? now;
  const body = {
    type: `job.${row.state}`,
    timestamp: new Date(endedAt).toISOString(),
    data: jobOf(row),
  };
  const messageId = `msg_${row.id}_${endedAt}`;
  const job = {
    id: randomUUID(),
    kind: webhookKind,
    project: row.project,
    priority: "high",
    input: JSON.stringify({
      url: row.webhook,
      jobId: row.id,
      messageId,
      body: JSON.stringify(body),
    }),
    fingerprint: "",
    trace: row.trace,
  } as const;
  return rowOf(job, { now, before: 0 });
}
