import type { Settings } from "@tintype/config";
import type { OpenedQueue } from "@tintype/jobs-bullmq";

import { dispatchPlace } from "./dispatch-place.ts";
import { openedOnce, type OpenedOnce } from "./opened-once.ts";

/** BullMQ's queue for those who want to look into it; undefined where jobs need no BullMQ. */
export function lazyBullQueue(settings: Settings): OpenedOnce<OpenedQueue> | undefined {
  const place = dispatchPlace(settings);
  return (
    place && openedOnce(async () => (await import("@tintype/jobs-bullmq")).openBullQueue(place))
  );
}
