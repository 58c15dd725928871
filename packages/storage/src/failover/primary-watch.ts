import { isTintypeError } from "@tintype/errors";

/** Whether a failure is the storage's own, so that another storage may do better. */
export function isOutage(error: unknown): boolean {
  return isTintypeError(error) && ["unavailable", "upstream", "configuration"].includes(error.kind);
}

/** Remembers whether a storage works, so that one that does not is left alone for a while. */
export interface Watch {
  isDown(): boolean;
  /** Does work on the storage; an outage comes back as `failure`, any other error is thrown. */
  attempt<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly value: T } | { readonly failure: unknown }>;
}

/** Watches a storage; one that failed is down for a pause, and then gets its next chance. */
export function createWatch(pauseMs: number): Watch {
  let downUntil = -Infinity;
  return {
    isDown: () => performance.now() < downUntil,
    async attempt(work) {
      try {
        const value = await work();
        downUntil = -Infinity;
        return { value };
      } catch (error) {
        if (!isOutage(error)) throw error;
        downUntil = performance.now() + pauseMs;
        return { failure: error };
      }
    },
  };
}
