/** Does equal work once: callers that come while it is under way wait for the same result. */
export interface SingleFlight<Result> {
  /**
   * Gives the result of `work`, its own or another caller's. A signal ends the wait of its caller; the work itself ends
   * when nobody waits for it any more.
   */
  run(
    key: string,
    work: (signal: AbortSignal) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<{ readonly result: Result; readonly shared: boolean }>;
}

interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly end: AbortController;
  waiting: number;
}

/** Makes a single flight; its keys say what is equal. */
export function createSingleFlight<Result>(): SingleFlight<Result> {
  const flights = new Map<string, Flight<Result>>();
  const leave = (key: string, flight: Flight<Result>) => {
    if (flights.get(key) === flight) flights.delete(key);
  };

  const start = (key: string, work: (signal: AbortSignal) => Promise<Result>) => {
    const end = new AbortController();
    const flight: Flight<Result> = {
      result: work(end.signal).finally(() => leave(key, flight)),
      end,
      waiting: 0,
    };
    // Every caller may be gone before it fails.
    flight.result.catch(() => undefined);
    flights.set(key, flight);
    return flight;
  };

  return {
    async run(key, work, signal) {
      signal?.throwIfAborted();
      const joined = flights.get(key);
      const flight = joined ?? start(key, work);
      flight.waiting += 1;
      try {
        const result = await untilAborted(flight.result, signal);
        return { result, shared: joined !== undefined };
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          // Who comes now must not join work that is being ended.
          leave(key, flight);
          flight.end.abort();
          // No work goes on behind the last who asked for it.
          await flight.result.catch(() => undefined);
        }
      }
    },
  };
}

async function untilAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
