import type { Queue } from "bullmq";

import { openQueue, type BullPlace } from "./bull-place.ts";

/** BullMQ's own queue. */
export type OpenedQueue = Queue;

/** Opens the queue that a dispatcher keeps, for those who want to look into it, such as a dashboard; what they change there, the records don't follow. */
export function openBullQueue(place: BullPlace, name = "tintype"): OpenedQueue {
  const queue = openQueue(name, place) as Queue;
  // Every call fails of itself; without a listener a lost connection would end the process.
  queue.on("error", () => undefined);
  return queue;
}
