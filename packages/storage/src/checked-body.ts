import { isAbort, isTintypeError } from "@tintype/errors";

import { chunksOf } from "./chunks-of.ts";
import type { Key } from "./key.ts";
import { corruptedError, truncatedError } from "./storage-errors.ts";

/** What is known of a body before it is read. */
export interface ExpectedBody {
  readonly key: Key;
  readonly length: number;
  /** Told every chunk, and asked at the end whether they were the right ones. */
  readonly digest?: { update(chunk: Uint8Array): void; isRight(): boolean } | undefined;
}

/** For the adapters of services: a body that fails at its end when it was cut or changed on the way; it is read as it is asked for. */
export function checkedBody(
  body: ReadableStream<Uint8Array>,
  expected: ExpectedBody,
  signal?: AbortSignal,
): ReadableStream<Uint8Array> {
  const chunks = checkedChunks(body, expected, signal);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        // Before the first read the generator has not begun, and would not end what it was given.
        if (!body.locked) await body.cancel(reason);
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
}

async function* checkedChunks(
  body: ReadableStream<Uint8Array>,
  { key, length, digest }: ExpectedBody,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = length;
  try {
    for await (const chunk of chunksOf(body, signal)) {
      digest?.update(chunk);
      left -= chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (isTintypeError(error) || isAbort(error, signal)) throw error;
    throw truncatedError(key, error);
  }
  if (left !== 0) throw truncatedError(key);
  if (digest?.isRight() === false) throw corruptedError(key);
}
