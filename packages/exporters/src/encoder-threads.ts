import { availableParallelism } from "node:os";

let encoders = 0;

/** Runs an encoder that keeps one thread busy, and counts it while it does. */
export async function onThread<Result>(encode: () => Promise<Result>): Promise<Result> {
  encoders += 1;
  try {
    return await encode();
  } finally {
    encoders -= 1;
  }
}

/** How many threads a writer may keep busy beside the encoders, which can't share their work out; one at least. */
export function spareThreads(): number {
  return Math.max(1, availableParallelism() - encoders);
}
