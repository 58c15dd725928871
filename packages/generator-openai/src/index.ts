export { createOpenaiGenerator } from "./openai-generator.ts";
export type { OpenaiGeneratorOptions } from "./openai-generator.ts";
