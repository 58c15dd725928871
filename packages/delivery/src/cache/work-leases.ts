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
}

const firstPauseMs = 20;
const longestPauseMs = 250;

/**
 * Leases on rows of a database, which is opened when the first is taken. Where it does not answer, work goes on without:
 * work done twice is better than none.
 */
export function createWorkLeases(
  open: () => Promise<Database>,
  { leaseMs = 15_000 }: WorkLeaseOptions = {},
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

  const renew = async (holder: string) => {
    const { queries } = await open();
    const until = Date.now() + leaseMs;
    await queries.updateTable("work_leases").set({ until }).where("holder", "=", holder).execute();
  };

  const release = async (holder: string) => {
    const { queries } = await open();
    const now = Date.now();
    await queries
      .deleteFrom("work_leases")
      // What processes that were killed left behind goes with it.
      .where((row) => row.or([row("holder", "=", holder), row("until", "<", now)]))
      .execute();
  };

  return {
    async during(name, work, signal) {
      const holder = randomUUID();
      for (let pauseMs = firstPauseMs; !(await goingOn(take(name, holder))); pauseMs *= 1.5) {
        await sleep(Math.min(pauseMs, longestPauseMs), undefined, { signal });
      }
      const beat = setInterval(() => void goingOn(renew(holder)), leaseMs / 3);
      try {
        return await work();
      } finally {
        clearInterval(beat);
        await goingOn(release(holder));
      }
    },
  };
}

/** True, with nothing done, for a database that does not answer. */
async function goingOn(query: Promise<boolean | void>): Promise<boolean> {
  try {
    return (await query) !== false;
  } catch (error) {
    if (isTintypeError(error)) return true;
    throw error;
  }
}
