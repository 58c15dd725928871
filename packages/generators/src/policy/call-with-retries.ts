import { setTimeout as sleep } from "node:timers/promises";

import { isTintypeError, type TintypeError } from "@tintype/errors";

import { timedOutError } from "./service-errors.ts";
import { withTimeout } from "./with-timeout.ts";

/** How patiently a service is called. */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly maxRetries: number;
  /** Before the first retry; each later one waits up to twice as long. */
  readonly firstDelayMs: number;
  /** No wait of our own is longer; what the service asks for may be. */
  readonly maxDelayMs: number;
  /** For one try. */
  readonly attemptTimeoutMs: number;
  /** For all tries and the waits between them. */
  readonly deadlineMs: number;
  /** Waits; tests pass their own. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** A policy for services that make pictures: three retries from two seconds on, within three minutes. */
export const defaultRetryPolicy: RetryPolicy = {
  maxRetries: 3,
  firstDelayMs: 2000,
  maxDelayMs: 30_000,
  attemptTimeoutMs: 90_000,
  deadlineMs: 180_000,
};

/**
 * Calls until it succeeds, a failure is not retryable, or the policy ends: waits grow exponentially, jittered between
 * half and all of each, and are never shorter than the service asked for. A wait that would pass the deadline is not
 * begun. An abort rejects with the signal's own reason, also during a wait.
 */
export async function callWithRetries<Result>(
  service: string,
  policy: RetryPolicy,
  attempt: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const { attemptTimeoutMs, deadlineMs, maxRetries } = policy;
  const wait = policy.wait ?? ((ms, end) => sleep(ms, undefined, { signal: end }));
  const endsAt = performance.now() + deadlineMs;
  const tries = async (end: AbortSignal): Promise<Result> => {
    for (let retry = 0; ; retry++) {
      try {
        return await withTimeout(
          attemptTimeoutMs,
          () => timedOutError(service, attemptTimeoutMs),
          attempt,
          end,
        );
      } catch (error) {
        if (end.aborted || retry >= maxRetries || !isWorthRetrying(error)) throw error;
        const delayMs = delayBefore(retry, error, policy);
        if (performance.now() + delayMs >= endsAt) throw error;
        await wait(delayMs, end);
      }
    }
  };
  return withTimeout(deadlineMs, () => timedOutError(service, deadlineMs), tries, signal);
}

function isWorthRetrying(error: unknown): error is TintypeError {
  // A circuit that is open opens for other calls than this one.
  return isTintypeError(error) && error.retryable && error.code !== "service.circuit_open";
}

function delayBefore(retry: number, error: TintypeError, policy: RetryPolicy): number {
  const longest = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** retry);
  const jittered = longest * (0.5 + Math.random() / 2);
  return Math.round(Math.max(jittered, error.retryAfterMs ?? 0));
}
