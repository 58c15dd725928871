import { isTintypeError } from "@tintype/errors";

import { circuitOpenError } from "./service-errors.ts";

/** Holds calls back from a service that is unwell; one for each service. */
export interface CircuitBreaker {
  /** `closed`: calls go through; `open`: none does; `half-open`: one does, to try. */
  readonly state: "closed" | "open" | "half-open";
  /** Calls, or throws `service.circuit_open`. */
  run<Result>(call: () => Promise<Result>): Promise<Result>;
}

/** When a breaker opens and for how long. */
export interface CircuitBreakerOptions {
  /** Failures in a row that open it; 5 when left out. */
  readonly maxFailures?: number;
  /** How long it stays open; 30 seconds when left out. */
  readonly coolDownMs?: number;
  /** The time in ms; tests pass their own. */
  readonly now?: () => number;
}

/** Makes a breaker that opens after several failures in a row that may pass: overload, timeouts, broken connections. */
export function createCircuitBreaker(
  service: string,
  {
    maxFailures = 5,
    coolDownMs = 30_000,
    now = () => performance.now(),
  }: CircuitBreakerOptions = {},
): CircuitBreaker {
  let failures = 0;
  let opensAt = 0;
  let isTrying = false;
  const state = () =>
    failures < maxFailures ? "closed" : now() < opensAt || isTrying ? "open" : "half-open";
  return {
    get state() {
      return state();
    },
    async run(call) {
      const before = state();
      if (before === "open") throw circuitOpenError(service, Math.max(1, opensAt - now()));
      if (before === "half-open") isTrying = true;
      try {
        const result = await call();
        failures = 0;
        return result;
      } catch (error) {
        if (isSickness(error)) {
          failures += 1;
          opensAt = now() + coolDownMs;
        } else if (isTintypeError(error)) failures = 0; // It answers, if only to refuse.
        throw error;
      } finally {
        if (before === "half-open") isTrying = false;
      }
    },
  };
}

/** A quota that is used up is no sickness: the service is well, and says itself how long to wait. */
function isSickness(error: unknown): boolean {
  return isTintypeError(error) && error.retryable && error.code !== "service.quota";
}
