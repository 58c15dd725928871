import { TintypeError } from "@tintype/errors";

/** Runs work under a signal that ends when the client goes away, or with `pipeline.timeout` when the time is over. */
export async function withDeadline<Result>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
  client: AbortSignal,
): Promise<Result> {
  const end = new AbortController();
  // The server gives a text as its reason, which nothing below would take for an abort.
  const leave = () => end.abort(new DOMException("The client went away.", "AbortError"));
  const timer = setTimeout(() => end.abort(timeout(timeoutMs)), timeoutMs);
  client.addEventListener("abort", leave, { once: true });
  if (client.aborted) leave();
  try {
    return await work(end.signal);
  } finally {
    clearTimeout(timer);
    client.removeEventListener("abort", leave);
  }
}

function timeout(timeoutMs: number): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "pipeline.timeout",
    message: `The picture was not finished within ${timeoutMs / 1000} s. Try again, or ask for less.`,
    details: { timeoutMs },
    retryable: true,
  });
}
