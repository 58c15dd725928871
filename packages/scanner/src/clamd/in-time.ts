/** What the work gives, or `undefined` when it takes too long; the caller's own abort rejects with its reason. */
export async function inTime<Result>(
  timeoutMs: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  caller?.throwIfAborted();
  const late = new Error("The time is over.");
  const end = new AbortController();
  const leave = () => end.abort(caller?.reason);
  const timer = setTimeout(() => end.abort(late), timeoutMs);
  caller?.addEventListener("abort", leave, { once: true });
  const ended = new Promise<never>((_, reject) => {
    end.signal.addEventListener("abort", () => reject(end.signal.reason as Error));
  });
  try {
    // Work that still waits for its turn does not look at its signal.
    return await Promise.race([work(end.signal), ended]);
  } catch (error) {
    if (error === late) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", leave);
  }
}
