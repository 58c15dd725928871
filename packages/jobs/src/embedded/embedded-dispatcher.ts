import type { Dispatcher } from "../dispatcher.ts";
import type { Bell } from "./bell.ts";
import { JobTaker } from "./job-taker.ts";

/** What an embedded dispatcher works with. */
export interface EmbeddedDispatcherOptions {
  /** Wakes the other processes that share the database. */
  readonly bell?: Bell | undefined;
  /** How often a consumer looks without being woken, in ms; a second when left out. */
  readonly pollMs?: number;
}

/** Brings jobs straight from their records: in this process at once, and in others of this machine by a bell. */
export function createEmbeddedDispatcher({
  bell,
  pollMs = 1000,
}: EmbeddedDispatcherOptions = {}): Dispatcher {
  const takers = new Set<JobTaker>();
  const wake = () => {
    for (const taker of takers) taker.wake();
  };
  const deafen = bell?.listen(wake);
  return {
    async dispatch() {
      wake();
      bell?.ring();
    },
    async withdraw() {
      // What was canceled is not claimed any more.
    },
    consume(consumer) {
      const taker = new JobTaker(consumer, pollMs);
      takers.add(taker);
      return {
        async stop() {
          takers.delete(taker);
          await taker.stop();
        },
      };
    },
    async health() {
      // Where the records are, jobs are taken.
    },
    async close() {
      deafen?.();
    },
  };
}
