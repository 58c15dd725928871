export { createBullDispatcher } from "./bull-dispatcher.ts";
export type { BullDispatcherOptions } from "./bull-dispatcher.ts";
export type { BullPlace } from "./bull-place.ts";
export { openBullQueue } from "./open-bull-queue.ts";
export type { OpenedQueue } from "./open-bull-queue.ts";
