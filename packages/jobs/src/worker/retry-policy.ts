import { isTintypeError } from "@tintype/errors";

const firstDelayMs = 1000;
const longestDelayMs = 10 * 60_000;

/** Whether another run may succeed: after an outage or a fault that nobody foresaw, never with a broken picture. */
export function isWorthRetrying(error: unknown): boolean {
  return !isTintypeError(error) || error.retryable;
}

/** How long to wait after so many failures: four times as long each time, anywhere in the upper half of it so that jobs that failed together don't return together, and never less than the other side asked for. */
export function retryDelayMs(failures: number, error: unknown): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 4 ** (failures - 1));
  const asked = isTintypeError(error) ? (error.retryAfterMs ?? 0) : 0;
  return Math.round(Math.max(asked, full * (0.5 + Math.random() / 2)));
}
