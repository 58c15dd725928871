const chunkBytes = 64 * 1024;

/** A body in chunks of at most 64 KiB, none of them empty; an abort ends the wait for the next one at once, and a stream that is not read to its end is cancelled. */
export async function* chunksOf(
  body: Uint8Array | ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (body instanceof Uint8Array) {
    yield* slicesOf(body, signal);
    return;
  }
  const reader = body.getReader();
  // Cancelling a stream that failed rejects with that failure, which `read` has already thrown.
  const cancel = (): void => {
    reader.cancel(signal.reason).catch(() => undefined);
  };
  signal.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield* slicesOf(value, signal);
    }
  } finally {
    signal.removeEventListener("abort", cancel);
    cancel();
  }
}

function* slicesOf(bytes: Uint8Array, signal: AbortSignal) {
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    signal.throwIfAborted();
    yield bytes.subarray(from, from + chunkBytes);
  }
}

/** Tells the source of a body that nobody will read it; one that is being read is left to its reader. */
export function cancelBody(body: Uint8Array | ReadableStream<Uint8Array>, reason: unknown): void {
  if (body instanceof Uint8Array || body.locked) return;
  body.cancel(reason).catch(() => undefined);
}
