import type { TintypeError } from "@tintype/errors";

/** Runs work under a signal that ends with the caller's own reason, or with this error when the time is over; rejects with whichever it was. */
export async function withTimeout<Result>(
  timeoutMs: number,
  timeoutError: () => TintypeError,
  work: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const follow = () => end.abort(signal?.reason);
  const timer = setTimeout(() => end.abort(timeoutError()), timeoutMs);
  signal?.addEventListener("abort", follow, { once: true });
  const ended = new Promise<never>((_resolve, reject) => {
    end.signal.addEventListener("abort", () => reject(end.signal.reason as Error), { once: true });
  });
  try {
    // SDKs wrap an abort in errors of their own, and some are slow to notice it.
    return await Promise.race([work(end.signal), ended]);
  } catch (error) {
    throw end.signal.aborted ? end.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", follow);
  }
}
