export { createBullDispatcher } from "./bull-dispatcher.ts";
export type { BullDispatcherOptions } from "./bull-dispatcher.ts";
export type { BullPlace } from "./bull-place.ts";
