import { nothingFoundError } from "./background-errors.ts";
import type { BackgroundRemover, RawPicture } from "./background-remover.ts";
import { parseRemoval } from "./parse-removal.ts";

/**
 * A remover for tests and trials, in this process and without an engine: background is what differs from the top left
 * pixel by at most `tolerance` in every channel, wherever it lies.
 */
export function createMemoryRemover({ tolerance = 32 } = {}): BackgroundRemover {
  return {
    async remove(picture, options, { signal } = {}) {
      signal?.throwIfAborted();
      const startedAt = performance.now();
      parseRemoval(picture, options);
      const data = maskAgainstCorner(picture, tolerance);
      if (!data.includes(0) || data.every((alpha) => alpha === 0))
        throw nothingFoundError("memory");
      return {
        mask: { data, width: picture.width, height: picture.height },
        engine: "memory",
        durationMs: performance.now() - startedAt,
      };
    },
  };
}

function maskAgainstCorner({ data, width, height, channels }: RawPicture, tolerance: number) {
  const differs = (offset: number) =>
    [0, 1, 2].some((c) => Math.abs((data[offset + c] ?? 0) - (data[c] ?? 0)) > tolerance);
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const offset = index * channels;
    if (!differs(offset)) return 0;
    return channels === 4 ? (data[offset + 3] ?? 0) : 255;
  });
}
