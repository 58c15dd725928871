/** Bytes that differ from position to position, and from seed to seed. */
export function bytesOf(length: number, seed = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) + seed) & 0xff);
}

/** A body that arrives in chunks of a size. */
export function streamOf(bytes: Uint8Array, chunkBytes = 64 * 1024): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset < bytes.length) controller.enqueue(bytes.slice(offset, (offset += chunkBytes)));
      else controller.close();
    },
  });
}

/** A body that gives some bytes and then fails with a reason. */
export function failingStream(bytes: Uint8Array, reason: Error): ReadableStream<Uint8Array> {
  const chunks = [bytes];
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.pop();
      if (chunk === undefined) controller.error(reason);
      else controller.enqueue(chunk);
    },
  });
}

/** A body that gives some bytes, calls back when more are wanted, and never ends. */
export function stalledStream(bytes: Uint8Array, stalled: () => void): ReadableStream<Uint8Array> {
  const chunks = [bytes];
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = chunks.pop();
        if (chunk !== undefined) return controller.enqueue(chunk);
        stalled();
        return new Promise<void>(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

/** All that an iterable gives. */
export async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
}
