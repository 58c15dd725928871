export { dispatcherContract } from "./suite/dispatcher-contract.ts";
export type { DispatcherBehavior } from "./suite/dispatcher-contract.ts";
export type { CreateGround, TestGround } from "./suite/test-queue.ts";
