import { TintypeError } from "@tintype/errors";

/** Runs work under a signal that ends when the client goes away, or with `pipeline.timeout` when the time is over. */
export async function withDeadline<Result>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
  client: AbortSignal,
): Promise<Result> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(timeout(timeoutMs)), timeoutMs);
  try {
    return await work(AbortSignal.any([client, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

function timeout(timeoutMs: number): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "pipeline.timeout",
    message: `The picture was not finished within ${timeoutMs / 1000} s.`,
    details: { timeoutMs },
    retryable: true,
  });
}
