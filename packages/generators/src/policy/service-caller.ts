import { isTintypeError } from "@tintype/errors";

import { callWithRetries, type RetryPolicy } from "./call-with-retries.ts";
import { createCircuitBreaker, type CircuitBreaker } from "./circuit-breaker.ts";
import { withFallbackModels } from "./fallback-models.ts";
import { timedOutError } from "./service-errors.ts";
import type { ServiceCall, UsageMeter } from "./usage-meter.ts";
import { withTimeout } from "./with-timeout.ts";

/** What a call is told besides its work. */
export interface ServiceCallOptions<Result> {
  readonly signal?: AbortSignal | undefined;
  /** What a success took. */
  readonly usageOf?: (result: Result) => Pick<ServiceCall, "cost" | "tokens">;
}

/** Calls one service by one policy. */
export interface ServiceCaller {
  /** Calls with retries behind the breaker, and counts every request. */
  call<Result>(
    attempt: (signal: AbortSignal) => Promise<Result>,
    options?: ServiceCallOptions<Result>,
  ): Promise<Result>;
  /** Calls with each model in turn, as `withFallbackModels` does, under one deadline for all. */
  callModels<Result>(
    models: readonly string[],
    attempt: (model: string, signal: AbortSignal) => Promise<Result>,
    options?: ServiceCallOptions<Result>,
  ): Promise<Result>;
}

/** Makes a caller; what `attempt` throws must be named already, as a `TintypeError` that says whether it may be retried. */
export function createServiceCaller({
  service,
  retry,
  breaker = createCircuitBreaker(service),
  meter,
}: {
  readonly service: string;
  readonly retry: RetryPolicy;
  readonly breaker?: CircuitBreaker | undefined;
  readonly meter?: UsageMeter | undefined;
}): ServiceCaller {
  const call: ServiceCaller["call"] = (attempt, { signal, usageOf = () => ({}) } = {}) => {
    const counted = async (end: AbortSignal) => {
      const startedAt = performance.now();
      const record = (outcome: string, used: Pick<ServiceCall, "cost" | "tokens"> = {}) =>
        meter?.record({ service, outcome, durationMs: performance.now() - startedAt, ...used });
      try {
        const result = await attempt(end);
        record("ok", usageOf(result));
        return result;
      } catch (error) {
        record(isTintypeError(error) ? error.code : "aborted");
        throw error;
      }
    };
    return callWithRetries(service, retry, (end) => breaker.run(() => counted(end)), signal);
  };
  return {
    call,
    callModels: (models, attempt, { signal, ...options } = {}) =>
      withTimeout(
        retry.deadlineMs,
        () => timedOutError(service, retry.deadlineMs),
        (end) =>
          withFallbackModels(models, (model) =>
            call((ofTry) => attempt(model, ofTry), { ...options, signal: end }),
          ),
        signal,
      ),
  };
}
