import { isTintypeError } from "@tintype/errors";

/** What another model of the same service may not suffer from. */
const worthAnother = new Set([
  "generator.unknown_model",
  "service.quota",
  "service.overloaded",
  "service.timed_out",
]);

/** Calls with each model in turn until one answers; a failure that another model would share ends it. Throws the first model's failure when none answers. */
export async function withFallbackModels<Result>(
  models: readonly string[],
  call: (model: string) => Promise<Result>,
): Promise<Result> {
  let first: unknown;
  for (const model of models) {
    try {
      return await call(model);
    } catch (error) {
      first ??= error;
      if (!isTintypeError(error) || !worthAnother.has(error.code)) throw error;
    }
  }
  throw first;
}
