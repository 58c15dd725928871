import type { Queries } from "@tintype/database";

/** What waits and runs in a queue. */
export interface QueueState {
  readonly jobs: { readonly queued: number; readonly running: number };
  /** Since when the job is due that has waited longest; 0 where none waits. */
  readonly oldestSeconds: number;
}

/** Counts what waits and runs. */
export async function queueState(queries: Queries, now: number): Promise<QueueState> {
  const rows = await queries
    .selectFrom("jobs")
    .select([
      "state",
      ({ fn }) => fn.countAll().as("count"),
      ({ fn }) => fn.min("run_at").as("due"),
    ])
    .where("state", "in", ["queued", "running"])
    .groupBy("state")
    .execute();
  const of = (state: string) => rows.find((row) => row.state === state);
  const due = of("queued")?.due ?? now;
  return {
    jobs: { queued: Number(of("queued")?.count ?? 0), running: Number(of("running")?.count ?? 0) },
    oldestSeconds: Math.max(0, now - due) / 1000,
  };
}
