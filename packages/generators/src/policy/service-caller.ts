import { isTintypeError } from "@tintype/errors";

import { callWithRetries, type RetryPolicy } from "./call-with-retries.ts";
import { createCircuitBreaker, type CircuitBreaker } from "./circuit-breaker.ts";
import type { UsageMeter } from "./usage-meter.ts";

/** Calls one service by one policy. */
export interface ServiceCaller {
  /** Calls with retries behind the breaker, and counts every request; `costOf` tells what a success cost in USD. */
  call<Result>(
    attempt: (signal: AbortSignal) => Promise<Result>,
    options?: {
      readonly signal?: AbortSignal | undefined;
      readonly costOf?: (result: Result) => number;
    },
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
  return {
    call(attempt, { signal, costOf = () => 0 } = {}) {
      const counted = async (end: AbortSignal) => {
        const startedAt = performance.now();
        const record = (outcome: string, cost?: number) =>
          meter?.record({ service, outcome, durationMs: performance.now() - startedAt, cost });
        try {
          const result = await attempt(end);
          record("ok", costOf(result));
          return result;
        } catch (error) {
          record(isTintypeError(error) ? error.code : "aborted");
          throw error;
        }
      };
      return callWithRetries(service, retry, (end) => breaker.run(() => counted(end)), signal);
    },
  };
}
