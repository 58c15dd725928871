import type { Settings } from "@tintype/config";
import type { OpenedQueue } from "@tintype/jobs-bullmq";

import { dispatchPlace } from "./dispatch-place.ts";

/** BullMQ's queue for those who want to look into it, opened when it is first asked for; absent where jobs need no BullMQ. */
export interface LazyBullQueue {
  readonly bullQueue: (() => Promise<OpenedQueue>) | undefined;
  readonly close: () => Promise<void>;
}

/** Finds the queue that settings name. */
export function lazyBullQueue(settings: Settings): LazyBullQueue {
  const place = dispatchPlace(settings);
  let opened: Promise<OpenedQueue> | undefined;
  const open = async (to: NonNullable<typeof place>) =>
    (await import("@tintype/jobs-bullmq")).openBullQueue(to);
  return {
    bullQueue: place && (async () => (opened ??= open(place))),
    async close() {
      await (await opened)?.close();
    },
  };
}
