export { storageContract } from "./contract/storage-contract.ts";
export type { BehaviorName } from "./contract/storage-contract.ts";
