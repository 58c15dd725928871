/** Tells the source of a body that nobody will read it; one that is being read is left to its reader. */
export function cancelBody(body: Uint8Array | ReadableStream<Uint8Array>, reason: unknown): void {
  if (body instanceof Uint8Array || body.locked) return;
  // Cancelling a stream that has failed rejects with a failure that no one waits for.
  body.cancel(reason).catch(() => undefined);
}

/** The chunks of a body; an abort ends the wait for the next one at once, and a body that is not read to its end is cancelled. */
export async function* chunksOf(
  body: Uint8Array | ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (body instanceof Uint8Array) {
    signal?.throwIfAborted();
    yield body;
    return;
  }
  const reader = body.getReader();
  // Cancelling a stream that failed rejects with that failure, which `read` has already thrown.
  const cancel = (): void => {
    reader.cancel(signal?.reason).catch(() => undefined);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener("abort", cancel);
    cancel();
  }
}
