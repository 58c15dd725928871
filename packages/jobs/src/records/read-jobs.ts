import type { JobRow, Queries } from "@tintype/database";
import { TintypeError } from "@tintype/errors";
import { parseInput } from "@tintype/image-core";
import { z } from "zod";

import { jobNotFound } from "../job-errors.ts";
import { jobStates, type Job, type JobError } from "../job.ts";

/** Which jobs to list, the newest first. */
export const jobQuerySchema = z.strictObject({
  state: z.enum(jobStates).optional().describe("Only those in this state; failed are the dead."),
  kind: z.string().max(64).optional().describe("Only those of this kind."),
  project: z.string().max(200).optional().describe("Only those of this project."),
  parent: z
    .string()
    .max(64)
    .optional()
    .describe("Only the parts of this batch; `none`: only jobs that are no parts."),
  limit: z.coerce.number().int().min(1).max(1000).default(50).describe("How many at most."),
  cursor: z.string().max(200).optional().describe("Where the page before ended."),
});

/** Which jobs to list. */
export type JobQuery = z.input<typeof jobQuerySchema>;

/** A part of a list. */
export interface JobPage {
  readonly jobs: readonly Job[];
  /** Leads to the next page; left out on the last one. */
  readonly nextCursor?: string;
}

/** Reads a job's row, or throws `job.not_found`. */
export async function readRow(queries: Queries, id: string): Promise<JobRow> {
  const row = await queries.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw jobNotFound(id);
  return row;
}

/** Lists jobs a page at a time, the newest first. */
export async function listJobs(queries: Queries, input: JobQuery): Promise<JobPage> {
  const context = { what: "query", code: "job.invalid_query" } as const;
  const { state, kind, project, parent, limit, cursor } = parseInput(
    jobQuerySchema,
    input,
    context,
  );
  let select = queries.selectFrom("jobs").selectAll();
  if (state !== undefined) select = select.where("state", "=", state);
  if (kind !== undefined) select = select.where("kind", "=", kind);
  if (project !== undefined) select = select.where("project", "=", project);
  if (parent === "none") select = select.where("parent_id", "is", null);
  else if (parent !== undefined) select = select.where("parent_id", "=", parent);
  if (cursor !== undefined) {
    const { at, id } = readCursor(cursor);
    select = select.where((eb) =>
      eb.or([eb("created_at", "<", at), eb("created_at", "=", at).and("id", "<", id)]),
    );
  }
  const rows = await select
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    jobs: page.map(jobOf),
    ...(last && { nextCursor: writeCursor(last) }),
  };
}

/** A row as everybody sees it. */
export function jobOf(row: JobRow): Job {
  const { parent_id: parentId, stage, started_at: startedAt, finished_at: finishedAt } = row;
  return {
    id: row.id,
    kind: row.kind,
    project: row.project,
    ...(parentId !== null && { parentId }),
    state: row.state,
    priority: row.priority,
    progress: { percent: row.percent, ...(stage !== null && { stage }) },
    ...(row.result !== null && { result: JSON.parse(row.result) as unknown }),
    ...(row.error !== null && { error: JSON.parse(row.error) as JobError }),
    attempts: row.starts,
    revision: row.revision,
    ...(row.state === "queued" && row.run_at > row.created_at && { runAt: time(row.run_at) }),
    createdAt: time(row.created_at),
    ...(startedAt !== null && { startedAt: time(startedAt) }),
    ...(finishedAt !== null && { finishedAt: time(finishedAt) }),
    updatedAt: time(row.updated_at),
  };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}

function writeCursor({ created_at: at, id }: JobRow): string {
  return Buffer.from(`${at} ${id}`).toString("base64url");
}

function readCursor(cursor: string): { readonly at: number; readonly id: string } {
  const [, at, id] = /^(\d{1,15}) (.+)$/u.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (at !== undefined && id !== undefined) return { at: Number(at), id };
  throw new TintypeError({
    kind: "invalid_input",
    code: "job.invalid_cursor",
    message: "The cursor is not one of this list: begin without one.",
  });
}
