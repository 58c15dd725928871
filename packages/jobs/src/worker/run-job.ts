import { setTimeout as sleep } from "node:timers/promises";

import { isTintypeError } from "@tintype/errors";

import type { Again, ClaimedJob } from "../dispatcher.ts";
import type { JobServices } from "../job-services.ts";
import type { JobState } from "../job.ts";
import { plainError } from "../plain-error.ts";
import type { Ending } from "../records/end-job.ts";
import { handedBack, holdJob, lost, type Hold } from "./hold-job.ts";
import { isWorthRetrying } from "./retry-policy.ts";

/** What came of a run. */
export interface Ran {
  readonly outcome: JobState | "again" | "lost";
  /** When to bring the job again, if it goes on. */
  readonly again?: Again;
}

/** Runs a claimed job to its end, and puts that on record; never rejects. */
export async function runJob(
  job: ClaimedJob,
  services: JobServices,
  stopping: AbortSignal,
): Promise<Ran> {
  try {
    using hold = holdJob(job, services, stopping);
    const outcome = await outcomeOf(job, hold, services);
    return await record(job, outcome, services);
  } catch (error) {
    // Nothing is lost: the lease ends, and the job is taken back.
    services.onFault(error, job.row.id);
    return { outcome: "lost", again: { afterMs: services.leaseMs } };
  }
}

type Outcome = { readonly result: unknown } | { readonly error: unknown };

async function outcomeOf(
  { row: { id, kind, project, input, trace } }: ClaimedJob,
  { signal, timeoutMs, progress }: Hold,
  { kinds, tracing }: JobServices,
): Promise<Outcome> {
  try {
    const context = { id, project, signal, timeoutMs, progress };
    const work = async () => kinds.get(kind).run(JSON.parse(input), context);
    const carrier = JSON.parse(trace ?? "{}") as Readonly<Record<string, string>>;
    return { result: await tracing.run({ id, kind, carrier }, work) };
  } catch (error) {
    return { error: signal.aborted ? signal.reason : error };
  }
}

async function record(job: ClaimedJob, outcome: Outcome, services: JobServices): Promise<Ran> {
  const { records, kinds, onFault, retryDelayMs } = services;
  const { row } = job;
  if ("result" in outcome)
    return end(job, { state: "succeeded", result: outcome.result }, services);
  const { error } = outcome;
  if (error === lost) return { outcome: "lost" };
  if (error === handedBack) {
    await persist(async () => records.giveBack(job, 0));
    return { outcome: "again", again: { afterMs: 0 } };
  }
  if (!isTintypeError(error)) onFault(error, row.id);
  const failures = row.failures + 1;
  // A kind that another version of the service knew is none to try again.
  const { maxAttempts = 1 } = kinds.all.find(({ name }) => name === row.kind) ?? {};
  if (!isWorthRetrying(error) || failures >= maxAttempts)
    return end(job, { state: "failed", error: plainError(error) }, services);
  const afterMs = retryDelayMs(failures, error);
  await persist(async () => records.giveBack(job, afterMs, plainError(error)));
  return { outcome: "again", again: { afterMs } };
}

/** Puts an end on record, and brings what follows from it. */
async function end(
  job: ClaimedJob,
  ending: Ending,
  { records, kinds, dispatch, onFault }: JobServices,
): Promise<Ran> {
  const { queued } = await persist(async () => records.end(job, ending));
  await dispatch(queued);
  // What failed may be done again. Where this fails, it is done when the record goes.
  const { id, kind } = job.row;
  if (ending.state === "succeeded")
    await kinds
      .get(kind)
      .forget(id)
      .catch((error: unknown) => onFault(error, id));
  return { outcome: ending.state };
}

/** Keeps trying while the database is away: the work is done, and doing it again would cost more. */
async function persist<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isTintypeError(error) || !error.retryable || tries === 20) throw error;
      await sleep(Math.min(2000, 50 * 2 ** tries));
    }
  }
}
