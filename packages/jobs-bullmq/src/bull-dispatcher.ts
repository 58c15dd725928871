import type { Consumer, Dispatcher, DispatchedJob } from "@tintype/jobs";
import { DelayedError, type Job } from "bullmq";

import { openQueue, openWorker, type BullPlace } from "./bull-place.ts";

/** How a dispatcher on BullMQ is set up. */
export type BullDispatcherOptions = BullPlace & {
  /** The queue's name; `tintype` when left out. */
  readonly name?: string;
  /** How long a worker may be silent before its jobs are brought to others, in ms; ten seconds when left out. */
  readonly leaseMs?: number;
  /** Hears of what keeps jobs from being told of. */
  readonly onFault?: (error: unknown) => void;
};

/** The largest priority, which is the last, that BullMQ knows. */
const lastPriority = 2 ** 21 - 1;

/** A job that has waited so long while its rank came is told of as the next. */
const agedMs = 5000;

/** How long to wait when the database can't say whose a job is. */
const pauseMs = 1000;

/** Brings jobs by BullMQ to workers on any number of machines; BullMQ's jobs have our ids, and hold nothing else. */
export function createBullDispatcher(options: BullDispatcherOptions): Dispatcher {
  const { name = "tintype", leaseMs = 10_000, onFault = () => undefined } = options;
  const queue = openQueue(name, options);
  queue.on("error", (error) => onFault(plainFault(error)));
  return {
    async dispatch(jobs) {
      const now = Date.now();
      await queue.addBulk(jobs.map((job) => entryOf(job, now)));
      // Those that it knew stay as they were, but for their turn.
      for (const { id } of jobs.filter((job) => isAged(job, now)))
        await (await queue.getJob(id))?.changePriority({ priority: 1 }).catch(() => undefined);
    },
    async withdraw(ids) {
      // One that is in work ends by itself.
      await Promise.allSettled(ids.map(async (id) => queue.remove(id)));
    },
    consume(consumer) {
      const worker = openWorker(
        name,
        options,
        async (job, token) => process(job, token, consumer),
        {
          concurrency: consumer.concurrency,
          lockDuration: leaseMs,
          // Whole ms: BullMQ hands them to Redis as they are.
          stalledInterval: Math.max(500, Math.round(leaseMs / 3)),
          // The record counts how often workers were lost.
          maxStalledCount: 1_000_000,
          drainDelay: 5,
        },
      );
      worker.on("error", (error) => consumer.onFault(plainFault(error)));
      return { stop: async () => worker.close() };
    },
    async health() {
      await queue.getJobCounts("active");
    },
    close: async () => queue.close(),
  };
}

function entryOf(job: DispatchedJob, now: number) {
  return {
    name: "job",
    data: {},
    opts: {
      jobId: job.id,
      delay: Math.max(0, job.runAt - now),
      priority: priorityOf(job, now),
      removeOnComplete: true,
      removeOnFail: true,
    },
  };
}

/** The seconds by which a job's turn is later than its acceptance: by its priority, and by its project's jobs before it. */
function priorityOf(job: DispatchedJob, now: number): number {
  if (isAged(job, now)) return 1;
  const seconds = Math.floor((job.rank - Math.max(job.createdAt, job.runAt)) / 1000);
  return Math.min(lastPriority, 1 + Math.max(0, seconds));
}

function isAged({ rank, createdAt }: DispatchedJob, now: number): boolean {
  return rank <= now && now - createdAt > agedMs;
}

/** The error without what the client hangs on it: the whole script that a server refused. */
function plainFault({ name, message, stack }: Error): Error {
  return Object.assign(new Error(message), { name, stack });
}

async function process(job: Job, token: string | undefined, consumer: Consumer): Promise<void> {
  const afterMs = await run(job.id ?? "", consumer);
  if (afterMs === undefined) return;
  await job.moveToDelayed(Date.now() + afterMs, token);
  throw new DelayedError();
}

/** Does a job if it is this worker's; gives in how many ms to bring it again, if at all. */
async function run(id: string, consumer: Consumer): Promise<number | undefined> {
  try {
    const claim = await consumer.claim(id);
    if (claim.kind === "gone") return undefined;
    if (claim.kind === "later") return claim.afterMs;
    return (await consumer.run(claim.job))?.afterMs;
  } catch (error) {
    consumer.onFault(error);
    return pauseMs;
  }
}
