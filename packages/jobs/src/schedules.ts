import { randomUUID } from "node:crypto";

import { withTransaction, type JobRow } from "@tintype/database";
import { Cron } from "croner";

import type { JobServices } from "./job-services.ts";
import { rowOf } from "./records/accept-jobs.ts";

/** Work that comes again and again. */
export interface Schedule {
  readonly name: string;
  /** A cron expression of five fields (or six, with seconds first), in UTC. */
  readonly cron: string;
  readonly kind: string;
  readonly input: unknown;
}

/** Whose work scheduled jobs are. */
const project = "tintype";

/** Keeps schedules as they are given and no others; times of those that stay as they are don't change. */
export async function setSchedules(
  schedules: readonly Schedule[],
  { database, kinds, now }: JobServices,
): Promise<void> {
  const rows = schedules.map(({ name, cron, kind, input }) => {
    kinds.get(kind).parse(input);
    return { name, cron, kind, input: JSON.stringify(input), next_at: nextAt(cron, now()) };
  });
  await withTransaction(database.queries, async (transaction) => {
    const present = await transaction.selectFrom("job_schedules").selectAll().execute();
    const names = new Set(rows.map(({ name }) => name));
    for (const { name } of present.filter((row) => !names.has(row.name)))
      await transaction.deleteFrom("job_schedules").where("name", "=", name).execute();
    for (const row of rows) {
      const before = present.find(({ name }) => name === row.name);
      const { next_at: fresh, ...rest } = row;
      const next_at = before?.cron === row.cron ? before.next_at : fresh;
      await transaction
        .insertInto("job_schedules")
        .values({ ...rest, next_at })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ ...rest, next_at }))
        .execute();
    }
  });
}

/** Puts a job on record for every schedule that is due, once whoever asks; missed times become one. */
export async function runSchedules({
  database: { queries },
  now,
}: JobServices): Promise<readonly JobRow[]> {
  const at = now();
  const due = await queries
    .selectFrom("job_schedules")
    .selectAll()
    .where("next_at", "<=", at)
    .execute();
  const started: JobRow[] = [];
  for (const { name, cron, kind, input, next_at } of due) {
    const job = await withTransaction(queries, async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable("job_schedules")
        .set({ next_at: nextAt(cron, at) })
        .where("name", "=", name)
        .where("next_at", "=", next_at)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return undefined;
      const row = rowOf(
        { id: randomUUID(), kind, project, priority: "low", input, fingerprint: "" },
        { now: at, before: 0 },
      );
      await transaction.insertInto("jobs").values(row).execute();
      return row;
    });
    if (job) started.push(job);
  }
  return started;
}

function nextAt(cron: string, after: number): number {
  // A date that never comes, such as the 30th of February, is never due.
  return (
    new Cron(cron, { timezone: "UTC" }).nextRun(new Date(after))?.getTime() ??
    Number.MAX_SAFE_INTEGER
  );
}
