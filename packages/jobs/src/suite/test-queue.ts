import type { Database } from "@tintype/database";
import { onTestFinished } from "vitest";
import { z } from "zod";

import type { Dispatcher } from "../dispatcher.ts";
import { defineJobKind, type JobContext, type JobKind } from "../job-kind.ts";
import { createJobQueue, type JobQueue } from "../job-queue.ts";
import type { JobQueueOptions } from "../job-services.ts";
import type { JobWorker } from "../worker/start-job-worker.ts";

/** Where a suite's queues are: a database, and dispatchers that reach each other. */
export interface TestGround {
  readonly database: Database;
  /** Makes a dispatcher as a further process of the same service has one. */
  readonly dispatcher: () => Dispatcher;
}

/** Makes an empty ground, which goes when the test ends. */
export type CreateGround = () => Promise<TestGround>;

/** What a test's job does, by the name that its input gives. */
export type Deeds = Readonly<Record<string, (context: JobContext) => Promise<unknown>>>;

const input = z.strictObject({ deed: z.string(), note: z.string().optional() });

/** A kind of job that does what tests want. */
export function deedJob(deeds: Deeds, name = "process"): JobKind {
  return defineJobKind({
    name,
    summary: "Do what the test wants.",
    input,
    run: async ({ deed }, context) => deeds[deed]?.(context),
  });
}

/** Queues over one ground, each as a process of its own has one; they close when the test ends. */
export interface TestQueues {
  readonly queue: JobQueue;
  readonly another: (options?: Partial<JobQueueOptions>) => JobQueue;
  /** Starts a worker that stops when the test ends. */
  readonly work: (queue?: JobQueue, concurrency?: number) => JobWorker;
  readonly faults: unknown[];
}

/** Makes queues whose jobs do deeds; retries come soon, and silent workers are found soon. */
export function testQueues(
  { database, dispatcher }: TestGround,
  deeds: Deeds,
  options: Partial<JobQueueOptions> = {},
): TestQueues {
  const faults: unknown[] = [];
  const another = (others: Partial<JobQueueOptions> = {}) => {
    const queue = createJobQueue({
      database,
      dispatcher: dispatcher(),
      kinds: [deedJob(deeds)],
      leaseMs: 500,
      retryDelayMs: () => 10,
      onFault: (error) => faults.push(error),
      ...options,
      ...others,
    });
    onTestFinished(async () => queue.close());
    return queue;
  };
  const queue = another();
  const work = (of = queue, concurrency = 4) => {
    const worker = of.startWorker({ concurrency });
    onTestFinished(async () => worker.stop(0));
    return worker;
  };
  return { queue, another, work, faults };
}
