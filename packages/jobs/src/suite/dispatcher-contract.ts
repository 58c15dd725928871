import { TintypeError } from "@tintype/errors";
import { describe, expect, onTestFinished, test, vi } from "vitest";

import type { JobQueue } from "../job-queue.ts";
import type { Job, JobPriority } from "../job.ts";
import { deadLetters, ended, patience } from "./expect-jobs.ts";
import { testQueues, type CreateGround, type TestGround } from "./test-queue.ts";

const behaviors = {
  async "begins a job as soon as it is accepted, and tells its end"(ground: TestGround) {
    const { queue, work } = testQueues(ground, { add: async () => 1 + 1 });
    work();
    const { job } = await submit(queue, "add");
    expect(job).toMatchObject({ state: "queued", attempts: 0 });
    const done = await ended(queue, job);
    expect(done).toMatchObject({ state: "succeeded", result: 2, attempts: 1 });
    expect(done.progress.percent).toBe(100);
  },

  async "begins jobs that were accepted before there was a worker"(ground: TestGround) {
    const { queue, another, work } = testQueues(ground, { nothing: async () => "done" });
    const jobs = await Promise.all(Array.from({ length: 5 }, async () => submit(queue, "nothing")));
    work(another());
    for (const { job } of jobs) expect((await ended(queue, job)).state).toBe("succeeded");
  },

  async "does each of many jobs once, by several workers"(ground: TestGround) {
    const runs = new Map<string, number>();
    const count = async ({ id }: { readonly id: string }) => runs.set(id, (runs.get(id) ?? 0) + 1);
    const { queue, another, work } = testQueues(ground, { count: async (job) => void count(job) });
    work(another(), 3);
    work(another(), 3);
    const jobs = await Promise.all(Array.from({ length: 60 }, async () => submit(queue, "count")));
    for (const { job } of jobs) await ended(queue, job);
    expect([...runs.values()]).toEqual(jobs.map(() => 1));
  },

  async "does no more jobs at once than it may"(ground: TestGround) {
    let [running, most] = [0, 0];
    const gate = Promise.withResolvers<void>();
    const enter = async () => {
      running += 1;
      most = Math.max(most, running);
      await gate.promise;
      running -= 1;
    };
    const { queue, work } = testQueues(ground, { enter });
    work(queue, 3);
    const jobs = await Promise.all(Array.from({ length: 8 }, async () => submit(queue, "enter")));
    await vi.waitFor(() => expect(running).toBe(3), patience);
    gate.resolve();
    for (const { job } of jobs) await ended(queue, job);
    expect(most).toBe(3);
  },

  async "takes jobs in the order of their priorities"(ground: TestGround) {
    const { queue, order, run } = inOrder(ground);
    for (const priority of ["low", "normal", "high", "urgent"] as const)
      await submitWith(queue, priority);
    await run(4);
    expect(order).toEqual(["urgent", "high", "normal", "low"]);
  },

  async "lets projects take turns"(ground: TestGround) {
    const { queue, order, run } = inOrder(ground);
    for (const project of ["busy", "busy", "busy", "calm"])
      await queue.submit({ kind: "process", input: { deed: project }, project });
    await run(4);
    expect(order.slice(0, 2).toSorted()).toEqual(["busy", "calm"]);
  },

  async "lets what has waited for long go before what is newer and more urgent"(
    ground: TestGround,
  ) {
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const order: string[] = [];
    const { queue, work } = testQueues(ground, {
      async first() {
        begun.resolve();
        await gate.promise;
      },
      low: async () => order.push("low"),
      urgent: async () => order.push("urgent"),
    });
    work(queue, 1);
    await submit(queue, "first");
    await begun.promise;
    const { job } = await submitWith(queue, "low");
    await wasWaiting(ground, job, 2 * 60 * 60_000);
    for (let count = 0; count < 3; count += 1) await submitWith(queue, "urgent");
    gate.resolve();
    await vi.waitFor(() => expect(order).toHaveLength(4), patience);
    expect(order).toEqual(["low", "urgent", "urgent", "urgent"]);
  },

  async "does not begin a job before its time"(ground: TestGround) {
    const beginning = Promise.withResolvers<number>();
    const { queue, work } = testQueues(ground, { now: async () => beginning.resolve(Date.now()) });
    work();
    const { job } = await queue.submit({
      kind: "process",
      input: { deed: "now" },
      delaySeconds: 0.4,
    });
    expect(await beginning.promise).toBeGreaterThanOrEqual(Date.parse(job.createdAt) + 400);
  },

  async "tries again after an outage, and keeps the last error until it succeeds"(
    ground: TestGround,
  ) {
    let tries = 0;
    const stumble = async () => {
      tries += 1;
      if (tries < 3) throw outage();
      return tries;
    };
    const { queue, work } = testQueues(ground, { stumble });
    work();
    const { job } = await submit(queue, "stumble");
    expect(await ended(queue, job)).toMatchObject({ state: "succeeded", result: 3, attempts: 3 });
  },

  async "gives up after five tries, and does a dead job again when it is told to"(
    ground: TestGround,
  ) {
    let isDown = true;
    const reach = async () => {
      if (isDown) throw outage();
      return "reached";
    };
    const { queue, work } = testQueues(ground, { reach });
    work();
    const { job } = await submit(queue, "reach");
    const error = { kind: "unavailable", code: "test.outage", retryable: true };
    expect(await ended(queue, job)).toMatchObject({ state: "failed", attempts: 5, error });
    expect(await deadLetters(queue)).toEqual([job.id]);
    isDown = false;
    expect((await queue.retry(job.id)).state).not.toBe("failed");
    const done = await ended(queue, job);
    expect(done).toMatchObject({ state: "succeeded", result: "reached", attempts: 1 });
    expect(done.error).toBeUndefined();
  },

  async "never tries again what a broken picture ended"(ground: TestGround) {
    const { queue, work } = testQueues(ground, { broken });
    work();
    const { job } = await submit(queue, "broken");
    const error = { code: "image.corrupt", message: "Broken.", retryable: false };
    expect(await ended(queue, job)).toMatchObject({ state: "failed", attempts: 1, error });
  },

  async "never begins a job that was canceled while it waited"(ground: TestGround) {
    const begun: string[] = [];
    const { queue, work } = testQueues(ground, { begin: async ({ id }) => begun.push(id) });
    const [first, second] = [await submit(queue, "begin"), await submit(queue, "begin")];
    expect((await queue.cancel(first.job.id)).state).toBe("canceled");
    work();
    await ended(queue, second.job);
    expect(begun).toEqual([second.job.id]);
    expect((await queue.get(first.job.id)).state).toBe("canceled");
  },

  async "ends a running job that is canceled, here and from elsewhere"(ground: TestGround) {
    const { queue, another, work } = testQueues(ground, { hang });
    const working = another();
    work(working);
    for (const canceling of [working, queue]) {
      const { job } = await submit(queue, "hang");
      await began(queue, job);
      expect((await canceling.cancel(job.id)).state).toBe("canceled");
      await vi.waitFor(() => expect(hanging.has(job.id)).toBe(false), patience);
    }
  },

  async "ends a run whose deadline has passed, and does not try it again"(ground: TestGround) {
    const { queue, work } = testQueues(ground, { hang }, { timeoutMs: 100 });
    work();
    const { job } = await submit(queue, "hang");
    const error = { kind: "limit_exceeded", code: "job.timeout" };
    expect(await ended(queue, job)).toMatchObject({ state: "failed", attempts: 1, error });
    expect(hanging.has(job.id)).toBe(false);
  },

  async "gives a job to another worker when the first stops"(ground: TestGround) {
    let isPatient = false;
    const wait = async (context: Parameters<typeof hang>[0]) =>
      isPatient ? "done" : hang(context);
    const { queue, another, work } = testQueues(ground, { wait });
    const first = another().startWorker({ concurrency: 1 });
    onTestFinished(async () => first.stop(0));
    const { job } = await submit(queue, "wait");
    await began(queue, job);
    isPatient = true;
    await first.stop(0);
    work(another());
    expect(await ended(queue, job)).toMatchObject({ state: "succeeded", attempts: 1 });
  },

  async "lets a worker that stops finish what it can in its time"(ground: TestGround) {
    const gate = Promise.withResolvers<string>();
    const { queue } = testQueues(ground, { wait: async () => gate.promise });
    const worker = queue.startWorker({ concurrency: 1 });
    onTestFinished(async () => worker.stop(0));
    const { job } = await submit(queue, "wait");
    await began(queue, job);
    const stopped = worker.stop(patience.timeout);
    gate.resolve("in time");
    await stopped;
    expect(await queue.get(job.id)).toMatchObject({ state: "succeeded", result: "in time" });
  },

  async "gives a job to another worker when the first is silent"(ground: TestGround) {
    const { queue, work } = testQueues(ground, { nothing: async () => "done" });
    const { job } = await submit(queue, "nothing");
    // As a process leaves it that was ended in the middle.
    await ground.database.queries
      .updateTable("jobs")
      .set({ state: "running", lease: "dead", lease_until: Date.now() + 300, starts: 1 })
      .where("id", "=", job.id)
      .execute();
    work();
    expect(await ended(queue, job)).toMatchObject({ state: "succeeded", attempts: 2 });
  },

  async "brings a job that nobody told it of"(ground: TestGround) {
    const { queue, another, work } = testQueues(ground, { nothing: async () => "done" });
    const dispatcher = {
      ...ground.dispatcher(),
      // As a process does that ends between the record and the telling.
      dispatch: async () => undefined,
    };
    const { job } = await submit(another({ dispatcher }), "nothing");
    work();
    expect((await ended(queue, job)).state).toBe("succeeded");
  },

  async "does a job once that it is told of twice"(ground: TestGround) {
    let runs = 0;
    const { queue, work } = testQueues(ground, { count: async () => (runs += 1) });
    const { job } = await submit(queue, "count");
    const at = Date.parse(job.createdAt);
    await ground.dispatcher().dispatch([{ id: job.id, rank: at, createdAt: at, runAt: at }]);
    work();
    await ended(queue, job);
    const last = await submit(queue, "count");
    await ended(queue, last.job);
    expect(runs).toBe(2);
  },
};

/** What a dispatcher can be asked to promise. */
export type DispatcherBehavior = keyof typeof behaviors;

/** Registers one test for each behavior of the contract; what a dispatcher cannot do needs a reason, which the suite's title tells. */
export function dispatcherContract(
  name: string,
  options: {
    /** Makes an empty ground; use vitest's `onTestFinished` in it to clean up. */
    readonly create: CreateGround;
    readonly cannot?: Partial<Record<DispatcherBehavior, string>>;
  },
): void {
  const cannot = new Map(Object.entries(options.cannot ?? {}));
  const reasons = [...cannot].map(([behavior, reason]) => `; cannot: ${behavior} (${reason})`);
  const kept = Object.entries(behaviors).filter(([behavior]) => !cannot.has(behavior));
  describe(`${name} keeps the dispatcher contract${reasons.join("")}`, () => {
    // oxlint-disable-next-line vitest/expect-expect -- every behavior expects something
    test.for(kept)("%s", async ([, check]) => check(await options.create()));
  });
}

async function submit(queue: JobQueue, deed: string) {
  return queue.submit({ kind: "process", input: { deed } });
}

/** Submits a job whose deed is named like its priority. */
async function submitWith(queue: JobQueue, priority: JobPriority) {
  return queue.submit({ kind: "process", input: { deed: priority }, priority });
}

async function began(queue: JobQueue, { id }: Job): Promise<void> {
  await vi.waitFor(async () => expect((await queue.get(id)).state).toBe("running"), patience);
}

/** Makes a job one that waits for so long already, and waits until its dispatcher was told. */
async function wasWaiting({ database }: TestGround, { id }: Job, ms: number): Promise<void> {
  const { queries } = database;
  const row = () => queries.selectFrom("jobs").selectAll().where("id", "=", id);
  const { rank, created_at, run_at } = await row().executeTakeFirstOrThrow();
  await queries
    .updateTable("jobs")
    .set({ rank: rank - ms, created_at: created_at - ms, run_at: run_at - ms, offered_at: 0 })
    .where("id", "=", id)
    .execute();
  const toldAgain = async (after: number) => {
    let at = after;
    await vi.waitFor(async () => {
      ({ offered_at: at } = await row().executeTakeFirstOrThrow());
      expect(at).toBeGreaterThan(after);
    }, patience);
    return at;
  };
  // It is put on record first: when it is told of anew, it was told before.
  await toldAgain(await toldAgain(0));
}

/** The jobs that hang now. */
const hanging = new Set<string>();

async function hang({ id, signal }: { readonly id: string; readonly signal: AbortSignal }) {
  hanging.add(id);
  try {
    await new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
  } finally {
    hanging.delete(id);
  }
}

/** Jobs that tell the order in which they were begun, one after the other. */
function inOrder(ground: TestGround) {
  const order: string[] = [];
  const names = ["urgent", "high", "normal", "low", "busy", "calm"];
  const deeds = Object.fromEntries(names.map((name) => [name, async () => order.push(name)]));
  const { queue, another, work } = testQueues(ground, deeds);
  return {
    queue,
    order,
    run: async (count: number) => {
      work(another(), 1);
      await vi.waitFor(() => expect(order).toHaveLength(count), patience);
    },
  };
}

async function broken(): Promise<never> {
  throw new TintypeError({ kind: "invalid_input", code: "image.corrupt", message: "Broken." });
}

function outage(): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "test.outage",
    message: "Down.",
    retryable: true,
  });
}
