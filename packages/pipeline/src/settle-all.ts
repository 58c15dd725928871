/** Waits for every promise to end, then gives all results or throws the first failure: no work goes on behind it. */
export async function settleAll<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<Result>).value);
}
