import type { JobRow, Queries } from "@tintype/database";

import { endJob } from "./end-job.ts";
import { readRow } from "./read-jobs.ts";

/** Ends a job that has not ended as canceled, with every part of it; gives those that it ended, or throws `job.not_found`. */
export async function cancelJob(
  transaction: Queries,
  id: string,
  now: number,
): Promise<readonly JobRow[]> {
  await readRow(transaction, id);
  // The batch first: what follows from its parts must not end it otherwise.
  const ended = [...(await endJob(transaction, id, { state: "canceled" }, { now }))];
  const parts = await transaction
    .selectFrom("jobs")
    .select("id")
    .where("parent_id", "=", id)
    .where("state", "in", ["queued", "running"])
    .execute();
  for (const part of parts)
    ended.push(...(await endJob(transaction, part.id, { state: "canceled" }, { now })));
  return ended;
}
