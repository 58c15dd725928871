/** Whether a failure is a caller's own abort or deadline, which passes through every wrapper unchanged. */
export function isAbort(error: unknown, signal?: AbortSignal): boolean {
  if (signal?.aborted === true && error === signal.reason) return true;
  return error instanceof Error && error.name === "AbortError";
}
