import { availableParallelism } from "node:os";

import { TintypeError } from "@tintype/errors";

/** How much may be in work at once, and how much may wait. */
export interface AdmissionLimits {
  /** Pictures in work at once; as many as there are cores when left out. */
  readonly maxPictures?: number;
  /** Stored pictures whose bytes may lie in memory; when left out as many as are in work, and one that is next. */
  readonly maxNear?: number;
  /** Pixels of all pictures in work at once; a picture larger than this is worked on alone. */
  readonly maxPixels?: number;
  /** Pictures that may wait; one more is refused. */
  readonly maxWaiting?: number;
}

/** Lets pictures into work, first come, first served, so that memory stays bounded however many arrive at once. */
export interface Admission {
  /**
   * Waits until a picture is in work soon, and gives the function to call when it is done with: for sources that are
   * near, so that no more of their bytes lie in memory than `maxNear`.
   * Throws `pipeline.busy` when too many wait already.
   */
  approach(signal?: AbortSignal): Promise<() => void>;
  /**
   * Waits for room for this many pixels and gives the function that makes the room free again.
   * Throws `pipeline.busy` when too many wait already.
   */
  enter(pixels: number, signal?: AbortSignal): Promise<() => void>;
  /** What is in work and what waits. */
  state(): { readonly running: number; readonly waiting: number; readonly pixels: number };
}

/** Makes an admission; one for each process is meant to hold all its pictures. */
export function createAdmission({
  maxPictures = availableParallelism(),
  maxNear = maxPictures + 1,
  maxPixels = 100_000_000,
  maxWaiting = 1000,
}: AdmissionLimits = {}): Admission {
  const waiting = () => near.waiting() + work.waiting();
  const isFull = () => waiting() >= maxWaiting;
  const near = createQueue(({ count }) => count < maxNear, isFull);
  const work = createQueue(
    ({ count, pixels }, more) => count === 0 || (count < maxPictures && pixels + more <= maxPixels),
    isFull,
  );
  return {
    approach: async (signal) => near.enter(0, signal),
    enter: async (pixels, signal) => work.enter(pixels, signal),
    state() {
      const { count, pixels } = work.inside();
      return { running: count, waiting: waiting(), pixels };
    },
  };
}

interface Inside {
  readonly count: number;
  readonly pixels: number;
}

/** A queue whose first goes in when there is room for it. */
function createQueue(hasRoom: (inside: Inside, pixels: number) => boolean, isFull: () => boolean) {
  const queue: { readonly pixels: number; readonly enter: () => void }[] = [];
  let inside: Inside = { count: 0, pixels: 0 };

  const admitNext = () => {
    for (let next = queue[0]; next && hasRoom(inside, next.pixels); next = queue[0]) {
      queue.shift();
      inside = { count: inside.count + 1, pixels: inside.pixels + next.pixels };
      next.enter();
    }
  };

  const leave = (pixels: number) => {
    inside = { count: inside.count - 1, pixels: inside.pixels - pixels };
    admitNext();
  };

  return {
    waiting: () => queue.length,
    inside: () => inside,
    async enter(pixels: number, signal?: AbortSignal): Promise<() => void> {
      signal?.throwIfAborted();
      if (isFull() && (queue.length > 0 || !hasRoom(inside, pixels))) throw busy(queue.length);
      await new Promise<void>((resolve, reject) => {
        const aborted = () => {
          queue.splice(queue.indexOf(waiting), 1);
          // Who waited behind a large picture may fit now.
          admitNext();
          reject(signal?.reason as Error);
        };
        const enter = () => {
          signal?.removeEventListener("abort", aborted);
          resolve();
        };
        const waiting = { pixels, enter };
        signal?.addEventListener("abort", aborted, { once: true });
        queue.push(waiting);
        admitNext();
      });
      return () => leave(pixels);
    },
  };
}

function busy(waiting: number): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "pipeline.busy",
    message: `${waiting} pictures wait already. Try again in a moment.`,
    details: { waiting },
    retryable: true,
    retryAfterMs: 1000,
  });
}
