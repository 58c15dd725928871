import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { Database } from "@tintype/database";
import { isTintypeError } from "@tintype/errors";

/** Lets one process at a time do work of a name. */
export interface WorkLeases {
  /** Does `work` once nobody else does work of this name. */
  during<Result>(name: string, work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

/** What leases are taken with. */
export interface WorkLeaseOptions {
  /** How long a process that ended without a word holds up the others. */
  readonly leaseMs?: number;
  /** How long the database may take to answer before work goes on without it. */
  readonly patienceMs?: number;
}

const firstPauseMs = 20;
const longestPauseMs = 250;

/**
 * Leases on rows of a database, which is opened when the first is taken. Where it does not answer, or not soon, work goes
 * on without: work done twice is better than none.
 */
export function createWorkLeases(
  open: () => Promise<Database>,
  { leaseMs = 15_000, patienceMs = 2000 }: WorkLeaseOptions = {},
): WorkLeases {
  const take = async (name: string, holder: string): Promise<boolean> => {
    const { queries } = await open();
    const now = Date.now();
    const taken = await queries
      .insertInto("work_leases")
      .values({ name, holder, until: now + leaseMs })
      .onConflict((conflict) =>
        conflict
          .column("name")
          .doUpdateSet({ holder, until: now + leaseMs })
          .where("work_leases.until", "<", now),
      )
      .returning("holder")
      .executeTakeFirst();
    return taken !== undefined;
  };

  const renew = async (holder: string): Promise<boolean> => {
    const { queries } = await open();
    const until = Date.now() + leaseMs;
    await queries.updateTable("work_leases").set({ until }).where("holder", "=", holder).execute();
    return true;
  };

  const release = async (holder: string): Promise<boolean> => {
    const { queries } = await open();
    const now = Date.now();
    await queries
      .deleteFrom("work_leases")
      // What processes that were killed left behind goes with it.
      .where((row) => row.or([row("holder", "=", holder), row("until", "<", now)]))
      .execute();
    return true;
  };

  const answerTo = async (query: Promise<boolean>) => inTime(query, patienceMs);

  return {
    async during(name, work, signal) {
      const holder = randomUUID();
      let asked = take(name, holder);
      let taken = await answerTo(asked);
      for (let pauseMs = firstPauseMs; taken === false; pauseMs *= 1.5) {
        await sleep(Math.min(pauseMs, longestPauseMs), undefined, { signal });
        asked = take(name, holder);
        taken = await answerTo(asked);
      }
      const beat = setInterval(() => void answerTo(renew(holder)), leaseMs / 3);
      try {
        return await work();
      } finally {
        clearInterval(beat);
        if (taken === true) await answerTo(release(holder));
        // It may be granted yet; nobody waits to hear of that.
        else void asked.then(async () => release(holder)).catch(() => undefined);
      }
    },
  };
}

/** What a database answers; undefined where it cannot be reached, or says nothing in time. */
async function inTime(query: Promise<boolean>, patienceMs: number): Promise<boolean | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), patienceMs);
  try {
    return await Promise.race([query, late]);
  } catch (error) {
    if (isTintypeError(error)) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
