/** Lets work in, so much at a time; the rest waits for its turn. */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Makes a gate through which at most `width` pieces of work go at the same time, in the order in which they came. */
export function createGate(width: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside === width)
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Who waits takes the place of who leaves, so that nobody else slips in.
      if (next) next();
      else inside -= 1;
    }
  };
}
