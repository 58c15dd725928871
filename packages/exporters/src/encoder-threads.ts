import { availableParallelism } from "node:os";

let encoders = 0;
let helpers = 0;
const waiting: (() => void)[] = [];

/** Runs an encoder that keeps one thread busy, and counts it while it does. */
export async function onThread<Result>(encode: () => Promise<Result>): Promise<Result> {
  encoders += 1;
  try {
    return await encode();
  } finally {
    encoders -= 1;
    admitHelpers();
  }
}

/**
 * Runs a part of a work that is shared out, on a thread beside the encoders, which can't share theirs out and would only
 * have to share their core. First come, first served; one part at a time at least.
 */
export async function onSpareThread<Result>(work: () => Promise<Result>): Promise<Result> {
  await new Promise<void>((admitted) => {
    waiting.push(admitted);
    admitHelpers();
  });
  try {
    return await work();
  } finally {
    helpers -= 1;
    admitHelpers();
  }
}

function admitHelpers(): void {
  const spare = Math.max(1, availableParallelism() - encoders);
  for (const admitted of waiting.splice(0, Math.max(0, spare - helpers))) {
    helpers += 1;
    admitted();
  }
}
