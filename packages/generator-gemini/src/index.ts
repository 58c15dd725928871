export { createGeminiGenerator } from "./gemini-generator.ts";
export type { GeminiGeneratorOptions } from "./gemini-generator.ts";
