export { generatorContract } from "./contract/generator-contract.ts";
export type { GeneratorBehaviorName } from "./contract/generator-contract.ts";
export { removerContract } from "./contract/remover-contract.ts";
export type { RemoverBehaviorName } from "./contract/remover-contract.ts";
export { discPicture, intersectionOverUnion } from "./contract/disc-picture.ts";
export type { Disc } from "./contract/disc-picture.ts";
export { startScriptedServer } from "./contract/scripted-server.ts";
export type { ReceivedRequest, ScriptedAnswer } from "./contract/scripted-server.ts";
