import { isTintypeError, type TintypeError } from "@tintype/errors";

/**
 * Does the same work several times, side by side: gives what succeeded, in order, and says why the rest did not. Rejects
 * with the first failure when nothing succeeds, and with any failure that nobody named; an abort passes through.
 */
export async function settleSome<Result>(
  count: number,
  work: (index: number) => Promise<Result>,
  signal?: AbortSignal,
): Promise<{ readonly successes: readonly Result[]; readonly failures: readonly TintypeError[] }> {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const settled = await Promise.allSettled(indexes.map(work));
  signal?.throwIfAborted();
  const successes = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const reasons = settled.flatMap((one) =>
    one.status === "rejected" ? [one.reason as unknown] : [],
  );
  const unnamed = reasons.find((reason) => !isTintypeError(reason));
  if (unnamed !== undefined) throw unnamed;
  const failures = reasons as readonly TintypeError[];
  if (successes.length === 0 && failures[0]) throw failures[0];
  return { successes, failures };
}
