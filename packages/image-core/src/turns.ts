import { setImmediate as nextTurn } from "node:timers/promises";

/** Lets other work run after every quarter of a million pixels, a few ms, so that no picture holds up the event loop. */
export function createTurns(pixelsPerRow: number): () => Promise<void> | undefined {
  const rows = Math.max(1, Math.floor(250_000 / pixelsPerRow));
  let row = 0;
  return () => {
    row += 1;
    return row % rows === 0 ? nextTurn() : undefined;
  };
}
