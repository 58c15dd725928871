/** How many ms a client wants to wait for an answer, by `Prefer: wait=N` in seconds (RFC 7240); a minute at most. */
export function preferredWaitMs(prefer: string | undefined): number {
  const [, seconds] = /(?:^|[\s,;])wait=(\d{1,6})(?:$|[\s,;])/iu.exec(prefer ?? "") ?? [];
  return Math.min(Number(seconds ?? 0), 60) * 1000;
}
