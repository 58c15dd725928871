import type { Pixels } from "./image.ts";
import { createTurns } from "./turns.ts";

/** Whether no pixel is transparent, not even in part. */
export async function isOpaque({ data, width, height, channels }: Pixels): Promise<boolean> {
  if (channels === 3) return true;
  const turn = createTurns(width);
  for (let y = 0; y < height; y += 1) {
    const end = (y + 1) * width * 4;
    for (let at = y * width * 4 + 3; at < end; at += 4) if (data[at] !== 255) return false;
    await turn();
  }
  return true;
}
