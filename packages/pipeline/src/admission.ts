import { availableParallelism } from "node:os";

import { TintypeError } from "@tintype/errors";

/** How much may be in work at once, and how much may wait. */
export interface AdmissionLimits {
  /** Pictures in work at once; as many as there are cores when left out. */
  readonly maxPictures?: number;
  /** Pixels of all pictures in work at once; a picture larger than this is worked on alone. */
  readonly maxPixels?: number;
  /** Pictures that may wait; one more is refused. */
  readonly maxWaiting?: number;
}

/** Lets pictures into work, first come, first served, so that memory stays bounded however many arrive at once. */
export interface Admission {
  /**
   * Waits for room for this many pixels and gives the function that makes the room free again.
   * Throws `pipeline.busy` when too many wait already.
   */
  enter(pixels: number, signal?: AbortSignal): Promise<() => void>;
  /** What is in work and what waits. */
  state(): { readonly running: number; readonly waiting: number; readonly pixels: number };
}

interface Waiting {
  readonly pixels: number;
  readonly enter: () => void;
}

/** Makes an admission; one for each process is meant to hold all its pictures. */
export function createAdmission({
  maxPictures = availableParallelism(),
  maxPixels = 100_000_000,
  maxWaiting = 1000,
}: AdmissionLimits = {}): Admission {
  const queue: Waiting[] = [];
  let running = 0;
  let pixelsInWork = 0;

  const hasRoom = (pixels: number) =>
    running === 0 || (running < maxPictures && pixelsInWork + pixels <= maxPixels);

  const admitNext = () => {
    for (let next = queue[0]; next && hasRoom(next.pixels); next = queue[0]) {
      queue.shift();
      running += 1;
      pixelsInWork += next.pixels;
      next.enter();
    }
  };

  const leave = (pixels: number) => {
    running -= 1;
    pixelsInWork -= pixels;
    admitNext();
  };

  const giveUp = (waiting: Waiting) => {
    queue.splice(queue.indexOf(waiting), 1);
    // Who waited behind a large picture may fit now.
    admitNext();
  };

  return {
    async enter(pixels, signal) {
      signal?.throwIfAborted();
      if (queue.length >= maxWaiting && (queue.length > 0 || !hasRoom(pixels))) {
        throw busy(queue.length);
      }
      await new Promise<void>((resolve, reject) => {
        const aborted = () => {
          giveUp(waiting);
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
    state: () => ({ running, waiting: queue.length, pixels: pixelsInWork }),
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
