import { randomUUID } from "node:crypto";

import { parseInput } from "@tintype/image-core";

import { internalKind, webhooksOff } from "./job-errors.ts";
import type { JobKinds } from "./job-kind.ts";
import { resolveServices, type JobQueueOptions, type JobServices } from "./job-services.ts";
import { hasEnded, type Job } from "./job.ts";
import { batchKind, batchParts } from "./kinds/batch-job.ts";
import type { Accepted, NewJob } from "./records/accept-jobs.ts";
import type { Settled } from "./records/job-records.ts";
import { queueState, type QueueState } from "./records/queue-state.ts";
import { jobOf, listJobs, type JobPage, type JobQuery } from "./records/read-jobs.ts";
import { setSchedules, type Schedule } from "./schedules.ts";
import { fingerprintOf, jobOptionsSchema, type Submission } from "./submission.ts";
import { watchJob, type WatchOptions } from "./watch-job.ts";
import {
  startJobWorker,
  type JobWorker,
  type JobWorkerOptions,
} from "./worker/start-job-worker.ts";

/** Jobs: put in, looked at, ended, and done. */
export interface JobQueue {
  readonly kinds: JobKinds;
  /** Puts a job on record; when this resolves, it is on the disk and will be done. */
  submit(wish: Submission): Promise<{ readonly job: Job; readonly isNew: boolean }>;
  /** A job as it is, or `job.not_found`. */
  get(id: string): Promise<Job>;
  list(query?: JobQuery): Promise<JobPage>;
  /** A job as it is, and after each change until its end. */
  watch(id: string, options?: WatchOptions): AsyncIterable<Job>;
  /** A job when it has ended, or after a time as it is then. */
  wait(id: string, timeoutMs: number, signal?: AbortSignal): Promise<Job>;
  /** Ends a job, running or not, and its parts; one that has ended stays as it is. */
  cancel(id: string): Promise<Job>;
  /** Has a job done again that failed or was canceled, and of a batch those parts. */
  retry(id: string): Promise<Job>;
  /** Tells a job's end to its webhook again, by a job of its own. */
  tellAgain(id: string): Promise<Job>;
  /** Whether jobs reach workers now; rejects when they don't. */
  health(): Promise<void>;
  /** What waits and runs now. */
  state(): Promise<QueueState>;
  /** Keeps these schedules and no others. */
  setSchedules(schedules: readonly Schedule[]): Promise<void>;
  /** Does jobs in this process. */
  startWorker(options: JobWorkerOptions): JobWorker;
  /** Lets go of the dispatcher; workers have stopped before. */
  close(): Promise<void>;
}

/** Makes a queue of jobs. */
export function createJobQueue(options: JobQueueOptions): JobQueue {
  const services = resolveServices(options);
  const { records, dispatcher, kinds, database, dispatch } = services;
  const follow = async ({ ended, queued }: Settled) => {
    const ids = ended.map(({ id }) => id);
    if (ids.length > 0) await dispatcher.withdraw(ids).catch(services.onFault);
    await dispatch(queued);
  };
  const get = async (id: string) => jobOf(await records.read(id));
  return {
    kinds,
    async submit(wish) {
      const { job, parts } = prepare(wish, services);
      const twin = await records.twin(job);
      if (twin) return { job: jobOf(twin), isNew: false };
      const accepted = await keep(job, parts, services);
      if (accepted.isNew) await dispatch(parts === undefined ? [accepted.job] : accepted.parts);
      return { job: jobOf(accepted.job), isNew: accepted.isNew };
    },
    get,
    list: async (query = {}) => listJobs(database.queries, query),
    watch: (id, watching) => watchJob(id, services, watching),
    async wait(id, timeoutMs, signal) {
      const time = AbortSignal.timeout(timeoutMs);
      const either = AbortSignal.any([time, ...(signal ? [signal] : [])]);
      try {
        for await (const job of watchJob(id, services, { signal: either }))
          if (hasEnded(job)) return job;
      } catch (error) {
        if (!time.aborted || signal?.aborted === true) throw error;
      }
      return get(id);
    },
    async cancel(id) {
      await follow(await records.cancel(id));
      return get(id);
    },
    async retry(id) {
      await follow(await records.retry(id));
      return get(id);
    },
    async tellAgain(id) {
      const told = await records.tellAgain(id);
      await dispatch([told]);
      return jobOf(told);
    },
    health: async () => dispatcher.health(),
    state: async () => queueState(database.queries, services.now()),
    setSchedules: async (schedules) => setSchedules(schedules, services),
    startWorker: (worker) => startJobWorker(services, worker),
    close: async () => dispatcher.close(),
  };
}

interface Wanted extends NewJob {
  readonly given: unknown;
}

/** Checks a wish, and those that a batch is made of. */
function prepare(wish: Submission, { kinds, takesWebhooks, tracing }: JobServices) {
  const { kind: name, input, ...rest } = wish;
  const kind = kinds.get(name);
  const context = { what: "job", code: "job.invalid" } as const;
  const how = parseInput(jobOptionsSchema, rest, context);
  if (kind.isInternal) throw internalKind(name);
  if (how.webhook !== undefined && !takesWebhooks) throw webhooksOff();
  kind.parse(input);
  const carrier = tracing.carrier();
  const trace = Object.keys(carrier).length === 0 ? null : JSON.stringify(carrier);
  const wanted = (of: string, given: unknown): Wanted => ({
    id: randomUUID(),
    kind: of,
    project: how.project,
    priority: how.priority,
    input: "",
    given,
    fingerprint: fingerprintOf(of, given),
    delayMs: how.delaySeconds * 1000,
    trace,
    ...(how.timeoutSeconds !== undefined && { timeoutMs: how.timeoutSeconds * 1000 }),
  });
  const { idempotencyKey, webhook } = how;
  const job = { ...wanted(name, input), idempotencyKey, webhook };
  const parts =
    name === batchKind ? batchParts(input).map((part) => wanted(part.kind, part.input)) : undefined;
  return { job, parts };
}

/** Puts a job on record, and elsewhere what is too large for it; where the job is not taken, nothing of that stays. */
async function keep(
  job: Wanted,
  parts: readonly Wanted[] | undefined,
  services: JobServices,
): Promise<Accepted> {
  const { kinds, records } = services;
  const forget = async () => {
    for (const { kind, id } of [job, ...(parts ?? [])]) await kinds.get(kind).forget(id);
  };
  try {
    const accepted = await records.accept(await withInput(job, parts, services));
    if (!accepted.isNew) await forget();
    return accepted;
  } catch (error) {
    await forget().catch(services.onFault);
    throw error;
  }
}

async function withInput(
  job: Wanted,
  parts: readonly Wanted[] | undefined,
  { kinds }: JobServices,
): Promise<NewJob> {
  const kept = async ({ given, ...one }: Wanted): Promise<NewJob> => ({
    ...one,
    input: JSON.stringify(await kinds.get(one.kind).keep(given, one.id)),
  });
  if (parts === undefined) return kept(job);
  // One after the other: the bytes of a thousand pictures at once would not fit into memory.
  const rows: NewJob[] = [];
  for (const part of parts) rows.push(await kept(part));
  return { ...(await kept({ ...job, given: { parts: parts.length } })), parts: rows };
}
