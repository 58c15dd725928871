import { AsyncLocalStorage } from "node:async_hooks";

import { openTestDatabase, type TestEngine } from "@tintype/database/testing";
import { TintypeError } from "@tintype/errors";
import { describe, expect, test, vi } from "vitest";

import { createEmbeddedDispatcher } from "../embedded/embedded-dispatcher.ts";
import type { JobQueueOptions, JobTracing } from "../job-services.ts";
import type { Job } from "../job.ts";
import { batchJob } from "../kinds/batch-job.ts";
import { deadLetters, ended, patience } from "./expect-jobs.ts";
import { deedJob, testQueues, type Deeds } from "./test-queue.ts";

/** Registers what a queue promises whatever its dispatcher. */
export function queueSuite(engine: TestEngine): void {
  const testQueue = async (deeds: Deeds = {}, options: Partial<JobQueueOptions> = {}) => {
    const database = await openTestDatabase(engine);
    const part = deedJob(deeds);
    const queues = testQueues({ database, dispatcher: createEmbeddedDispatcher }, deeds, {
      kinds: [part, batchJob(part)],
      ...options,
    });
    return { ...queues, database };
  };

  describe(`a queue on ${engine.engine}`, () => {
    test("accepts what comes twice with one key once, and refuses the key for anything else", async () => {
      const { queue, work } = await testQueue({ nothing: async () => "done" });
      const wish = { kind: "process", input: { deed: "nothing" }, idempotencyKey: "key" };
      const several = await Promise.all(Array.from({ length: 4 }, async () => queue.submit(wish)));
      expect(new Set(several.map(({ job }) => job.id)).size).toBe(1);
      expect(several.filter(({ isNew }) => isNew)).toHaveLength(1);
      work();
      await ended(queue, several[0]?.job as Job);
      expect(await queue.submit(wish)).toMatchObject({ isNew: false, job: { result: "done" } });
      const other = queue.submit({ ...wish, input: { deed: "other" } });
      await expect(other).rejects.toMatchObject({ code: "job.idempotency_key_reused" });
      expect((await queue.submit({ ...wish, project: "other" })).isNew).toBe(true);
    });

    test("refuses jobs that are not valid, with every fault", async () => {
      const { queue } = await testQueue();
      const submit = async (wish: object) => queue.submit(wish as never);
      await expect(submit({ kind: "dance", input: {} })).rejects.toMatchObject({
        code: "job.unknown_kind",
        message: expect.stringContaining("process, batch"),
      });
      await expect(submit({ kind: "process", input: { dead: "x" } })).rejects.toMatchObject({
        code: "job.invalid",
      });
      const hurried = { kind: "process", input: { deed: "x" }, priority: "now" };
      await expect(submit(hurried)).rejects.toMatchObject({ code: "job.invalid" });
      const told = { kind: "process", input: { deed: "x" }, webhook: "https://a.example" };
      await expect(submit(told)).rejects.toMatchObject({ code: "job.webhooks_off" });
      expect((await queue.list()).jobs).toEqual([]);
    });

    test("takes no more than may wait, and says when to come again", async () => {
      const { queue, work } = await testQueue({ nothing: async () => 0 }, { maxQueued: 2 });
      const submit = async () => queue.submit({ kind: "process", input: { deed: "nothing" } });
      const first = await submit();
      await submit();
      await expect(submit()).rejects.toMatchObject({
        code: "job.queue_full",
        retryable: true,
        retryAfterMs: 10_000,
      });
      work();
      await ended(queue, first.job);
      await vi.waitFor(async () => submit(), patience);
    });

    test("lists jobs by state, kind, project and batch, a page at a time", async () => {
      const { queue } = await testQueue();
      const ids: string[] = [];
      for (const project of ["a", "b", "a"]) {
        const { job } = await queue.submit({ kind: "process", input: { deed: "x" }, project });
        ids.unshift(job.id);
      }
      const idsOf = async (query: object) => (await queue.list(query)).jobs.map(({ id }) => id);
      await queue.cancel(ids[1] as string);
      expect(await idsOf({ state: "canceled" })).toEqual([ids[1]]);
      expect(new Set(await idsOf({ project: "a" }))).toEqual(new Set([ids[0], ids[2]]));
      expect(await idsOf({ kind: "batch" })).toEqual([]);
      const { jobs, nextCursor } = await queue.list({ limit: 2 });
      const rest = await queue.list({ limit: 2, cursor: nextCursor });
      expect([...jobs, ...rest.jobs].map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      expect(rest.nextCursor).toBeUndefined();
      await expect(queue.list({ cursor: "?" })).rejects.toMatchObject({
        code: "job.invalid_cursor",
      });
    });

    test("shows a job while it changes, until its end", async () => {
      const proceed = Promise.withResolvers<void>();
      const { queue, work } = await testQueue({
        async steps({ progress }) {
          await proceed.promise;
          progress(40, "steps");
          await new Promise((resolve) => {
            setTimeout(resolve, 300);
          });
          progress(90, "store");
        },
      });
      const { job } = await queue.submit({ kind: "process", input: { deed: "steps" } });
      const seen: Job[] = [];
      const watching = (async () => {
        for await (const change of queue.watch(job.id)) seen.push(change);
      })();
      work();
      await vi.waitFor(() => expect(seen.at(-1)?.state).toBe("running"), patience);
      proceed.resolve();
      await watching;
      expect(seen.map(({ state }) => state)).toEqual(
        expect.arrayContaining(["queued", "running", "succeeded"]),
      );
      expect(seen.at(-1)).toMatchObject({ state: "succeeded", progress: { percent: 100 } });
      const revisions = seen.map(({ revision }) => revision);
      expect(revisions).toEqual([...new Set(revisions)].toSorted((a, b) => a - b));
      const later = queue.watch(job.id, { after: revisions.at(-1) })[Symbol.asyncIterator]();
      expect(await later.next()).toMatchObject({ done: true });
    });

    test("gives a run the time that its job asks for, but no more than there is", async () => {
      const deeds: Deeds = { tell: async ({ timeoutMs }) => timeoutMs };
      const { queue, work } = await testQueue(deeds, { timeoutMs: 300_000 });
      work();
      const wish = { kind: "process", input: { deed: "tell" } };
      for (const [timeoutSeconds, result] of [
        [1, 1000],
        [86_400, 300_000],
      ] as const) {
        const { job } = await queue.submit({ ...wish, timeoutSeconds });
        expect(await ended(queue, job)).toMatchObject({ result });
      }
      const { job } = await queue.submit(wish);
      expect(await ended(queue, job)).toMatchObject({ result: 300_000 });
    });

    test("stops waiting when the time is over, and gives the job as it is", async () => {
      const { queue } = await testQueue();
      const { job } = await queue.submit({ kind: "process", input: { deed: "x" } });
      expect((await queue.wait(job.id, 20)).state).toBe("queued");
      await expect(queue.wait("nobody", 20)).rejects.toMatchObject({ code: "job.not_found" });
    });

    test("ends a batch with its last part, and tells how many of each there were", async () => {
      const { queue, another, work } = await testQueue({
        good: async () => "good",
        bad: async () => {
          throw broken();
        },
      });
      work();
      work(another());
      const requests = ["good", "bad", "good", "good"].map((deed) => ({ deed }));
      const { job } = await queue.submit({ kind: "batch", input: { requests } });
      expect(await ended(queue, job)).toMatchObject({
        state: "succeeded",
        progress: { percent: 100 },
        result: { total: 4, succeeded: 3, failed: 1, canceled: 0 },
      });
      const { jobs } = await queue.list({ parent: job.id });
      expect(jobs.map(({ state }) => state).toSorted()).toEqual([
        "failed",
        "succeeded",
        "succeeded",
        "succeeded",
      ]);
      const whole = await queue.list({ parent: "none" });
      expect(whole.jobs.map(({ id }) => id)).toEqual([job.id]);
    });

    test("has the failed parts of a batch done again, and no others", async () => {
      let isDown = true;
      const runs: string[] = [];
      const { queue, work } = await testQueue({
        good: async ({ id }) => runs.push(id),
        bad: async ({ id }) => {
          runs.push(id);
          if (isDown) throw broken();
        },
      });
      work();
      const requests = [{ deed: "good" }, { deed: "bad" }];
      const { job } = await queue.submit({ kind: "batch", input: { requests } });
      await ended(queue, job);
      isDown = false;
      await queue.retry(job.id);
      expect(await ended(queue, job)).toMatchObject({ state: "succeeded", result: { failed: 0 } });
      expect(runs).toHaveLength(3);
      await expect(queue.retry(job.id)).rejects.toMatchObject({ code: "job.not_ended" });
    });

    test("takes a thousand parts, and cancels those that are left with the batch", async () => {
      const { queue } = await testQueue();
      const requests = Array.from({ length: 1000 }, () => ({ deed: "x" }));
      const { job } = await queue.submit({ kind: "batch", input: { requests } });
      expect(job).toMatchObject({ state: "running", kind: "batch" });
      expect((await queue.cancel(job.id)).state).toBe("canceled");
      const { jobs } = await queue.list({ parent: job.id, limit: 1000 });
      expect(jobs.filter(({ state }) => state === "canceled")).toHaveLength(1000);
      const more = { kind: "batch", input: { requests: [...requests, { deed: "x" }] } };
      await expect(queue.submit(more)).rejects.toMatchObject({ code: "job.invalid" });
    });

    test("begins what is scheduled once, however many workers there are", async () => {
      const hour = 60 * 60 * 1000;
      let now = Date.UTC(2026, 0, 1, 2, 59);
      const { queue, another, work } = await testQueue(
        { clean: async () => 0 },
        { now: () => now, leaseMs: 100 },
      );
      const daily = { name: "clean", cron: "0 3 * * *", kind: "process", input: { deed: "clean" } };
      await queue.setSchedules([daily]);
      await another().setSchedules([daily]);
      for (const of of [queue, another(), another()]) work(of);
      now += hour;
      await vi.waitFor(async () => expect((await queue.list()).jobs).toHaveLength(1), patience);
      now += 48 * hour;
      await vi.waitFor(async () => expect((await queue.list()).jobs).toHaveLength(2), patience);
      await queue.setSchedules([]);
      now += 48 * hour;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      expect((await queue.list()).jobs).toHaveLength(2);
    });

    test("forgets what ended long ago, and a batch with its parts", async () => {
      let now = Date.now();
      const { queue, work } = await testQueue(
        { nothing: async () => 0 },
        { now: () => now, leaseMs: 100, keepMs: 1000 },
      );
      work();
      const requests = [{ deed: "nothing" }, { deed: "nothing" }];
      const { job } = await queue.submit({ kind: "batch", input: { requests } });
      await ended(queue, job);
      now += 2000;
      await vi.waitFor(async () => expect((await queue.list()).jobs).toEqual([]), patience);
    });

    test("tells of a fault that nobody foresaw, and shows clients nothing of it", async () => {
      const { queue, work, faults } = await testQueue({
        fault: async () => {
          throw new Error("the password is hunter2");
        },
      });
      work();
      const { job } = await queue.submit({ kind: "process", input: { deed: "fault" } });
      const failed = await ended(queue, job);
      expect(failed.error).toMatchObject({ kind: "internal", code: "internal" });
      expect(JSON.stringify(failed)).not.toContain("hunter2");
      expect(faults).toHaveLength(5);
      expect(await deadLetters(queue)).toEqual([job.id]);
    });

    test("does a job, and its batch's parts, as a part of what they were accepted in", async () => {
      const place = new AsyncLocalStorage<string>();
      const runs: (readonly [kind: string, within: string | undefined])[] = [];
      const tracing: JobTracing = {
        carrier: () => ({ place: place.getStore() ?? "" }),
        run: async ({ kind, carrier }, run) => {
          runs.push([kind, carrier["place"]]);
          return run();
        },
      };
      const { queue, work } = await testQueue({ nothing: async () => 0 }, { tracing });
      work();
      const input = { requests: [{ deed: "nothing" }, { deed: "nothing" }] };
      const { job } = await place.run("here", async () => queue.submit({ kind: "batch", input }));
      await ended(queue, job);
      expect(runs).toEqual([
        ["process", "here"],
        ["process", "here"],
      ]);
    });

    test("gives a job up whose workers are lost again and again", async () => {
      const { queue, work, database } = await testQueue({ nothing: async () => 0 });
      const { job } = await queue.submit({ kind: "process", input: { deed: "nothing" } });
      await database.queries
        .updateTable("jobs")
        .set({ state: "running", lease: "dead", lease_until: 1, starts: 10 })
        .execute();
      work();
      expect(await ended(queue, job)).toMatchObject({ error: { code: "job.worker_lost" } });
    });
  });
}

function broken(): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "image.corrupt", message: "Broken." });
}
