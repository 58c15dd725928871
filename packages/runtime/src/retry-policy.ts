import { defaultRetryPolicy, type RetryPolicy } from "@tintype/generators";

/** The policy that the settings of a service ask for; the time is that of one picture in all. */
export function retryPolicy({
  maxRetries,
  retryDelayMs,
  timeoutMs,
}: {
  readonly maxRetries: number;
  readonly retryDelayMs: number;
  readonly timeoutMs: number;
}): RetryPolicy {
  return {
    ...defaultRetryPolicy,
    maxRetries,
    firstDelayMs: retryDelayMs,
    // One hanging try must leave time for another.
    attemptTimeoutMs: timeoutMs / 2,
    deadlineMs: timeoutMs,
  };
}
