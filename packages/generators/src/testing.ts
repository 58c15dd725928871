export { removerContract } from "./contract/remover-contract.ts";
export type { RemoverBehaviorName } from "./contract/remover-contract.ts";
export { discPicture, intersectionOverUnion } from "./contract/disc-picture.ts";
export type { Disc } from "./contract/disc-picture.ts";
