import type { Job } from "@tintype/jobs";
import type { Runtime } from "@tintype/runtime";
import { parseKey } from "@tintype/storage";

/** What became of all jobs that were accepted. */
export interface Verdict {
  /** Jobs on record, with the parts of batches. */
  readonly jobs: number;
  readonly succeeded: number;
  /** Runs that ended before their job did, and were done again. */
  readonly repeated: number;
  /** Accepted jobs that are not on record. */
  readonly lost: readonly string[];
  /** Jobs that ended otherwise than by success, or not at all. */
  readonly unfinished: readonly string[];
  /** Jobs whose result is there more than once. */
  readonly twice: readonly string[];
  /** Files that results name and that are not there. */
  readonly missing: readonly string[];
}

/** Holds records, versions and files against what was accepted. */
export async function judgeJobs(runtime: Runtime, accepted: readonly string[]): Promise<Verdict> {
  const queue = await runtime.jobs();
  const { queries } = await runtime.database();
  const jobs: Job[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await queue.list({ limit: 1000, cursor });
    jobs.push(...page.jobs);
    cursor = page.nextCursor;
  }
  const known = new Set(jobs.map(({ id }) => id));
  const versions = await queries
    .selectFrom("asset_versions")
    .select(["job_id", "asset_id", "name", ({ fn }) => fn.countAll().as("count")])
    .where("job_id", "is not", null)
    .groupBy(["job_id", "asset_id", "name"])
    .execute();
  const missing: string[] = [];
  for (const key of jobs.flatMap(keysIn))
    if ((await runtime.storage.head(parseKey(key))) === undefined) missing.push(key);
  return {
    jobs: jobs.length,
    succeeded: jobs.filter(({ state }) => state === "succeeded").length,
    repeated: jobs.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0),
    lost: accepted.filter((id) => !known.has(id)),
    unfinished: jobs
      .filter(({ state }) => state !== "succeeded")
      .map(({ id, state, error }) => `${id} is ${state} (${error?.code ?? "no error"})`),
    twice: versions.filter(({ count }) => Number(count) > 1).map((row) => String(row.job_id)),
    missing,
  };
}

/** The keys of the files that a job made, wherever its result names them. */
function keysIn({ result }: Job): readonly string[] {
  const keys: string[] = [];
  JSON.stringify(result ?? null, (name, value: unknown) => {
    if (name === "key" && typeof value === "string") keys.push(value);
    return value;
  });
  return keys;
}
