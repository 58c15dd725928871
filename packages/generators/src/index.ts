export {
  invalidRemovalError,
  minRemovalSidePx,
  nothingFoundError,
  pictureTooSmallError,
  removalTimedOutError,
} from "./background-errors.ts";
export type {
  AlphaMask,
  BackgroundRemover,
  FractionalBox,
  RawPicture,
  Removal,
  RemovalOptions,
} from "./background-remover.ts";
export { chainRemovers } from "./chain-removers.ts";
export { generateEach } from "./generate-each.ts";
export type {
  Cost,
  GeneratedImage,
  Generation,
  GenerationQuality,
  GenerationRequest,
  ImageGenerator,
  ReferencePicture,
  TokenUse,
} from "./image-generator.ts";
export { createMemoryRemover } from "./memory-remover.ts";
export { nearestShape } from "./nearest-shape.ts";
export type { Shape } from "./nearest-shape.ts";
export { invalidGenerationError, parseGeneration, seedOf } from "./parse-generation.ts";
export type { GenerationLimits, GenerationSettings } from "./parse-generation.ts";
export { parseRemoval } from "./parse-removal.ts";
export type { RemovalSettings } from "./parse-removal.ts";
export { buildPrompt, promptSize } from "./prompts/build-prompt.ts";
export type { BuiltPrompt, PromptRequest } from "./prompts/build-prompt.ts";
export { brandSchema, generationFields, sizeFault } from "./prompts/generation-schema.ts";
export type { Brand } from "./prompts/generation-schema.ts";
export { builtInPrompts } from "./prompts/prompt-book.ts";
export type { PromptBook } from "./prompts/prompt-book.ts";
export type { PromptTemplate, TemplateChoice } from "./prompts/prompt-template.ts";
export { createSampleGenerator } from "./sample/sample-generator.ts";
export type { SampleGeneratorOptions } from "./sample/sample-generator.ts";
export { settleSome } from "./settle-some.ts";
export { sniffMediaType } from "./sniff-media-type.ts";
export { createBudget } from "./policy/budget.ts";
export type { Budget, BudgetOptions } from "./policy/budget.ts";
export { createMemoryCache } from "./policy/byte-cache.ts";
export type { ByteCache } from "./policy/byte-cache.ts";
export { callWithRetries, defaultRetryPolicy } from "./policy/call-with-retries.ts";
export type { RetryPolicy } from "./policy/call-with-retries.ts";
export { createCircuitBreaker } from "./policy/circuit-breaker.ts";
export type { CircuitBreaker, CircuitBreakerOptions } from "./policy/circuit-breaker.ts";
export { withFallbackModels } from "./policy/fallback-models.ts";
export { createServiceCaller } from "./policy/service-caller.ts";
export type { ServiceCaller, ServiceCallOptions } from "./policy/service-caller.ts";
export {
  blockedError,
  invalidAnswerError,
  keyRefusedError,
  noPictureError,
  notConfiguredError,
  unknownModelError,
  unreachableError,
} from "./policy/service-errors.ts";
export type { Failure } from "./policy/service-errors.ts";
export { parseRetryAfter, statusError } from "./policy/status-error.ts";
export { createUsageMeter } from "./policy/usage-meter.ts";
export type { ServiceCall, ServiceUsage, UsageMeter } from "./policy/usage-meter.ts";
export { withBudget } from "./policy/with-budget.ts";
export { withCache } from "./policy/with-cache.ts";
export type { CacheOptions } from "./policy/with-cache.ts";
