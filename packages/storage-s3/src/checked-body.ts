import { isAbort, isTintypeError } from "@tintype/errors";
import { chunksOf, corruptedError, truncatedError, type Key } from "@tintype/storage";

import { createEtagDigest } from "./etag-digest.ts";

/** What is known of a body before it is read. */
export interface ExpectedBody {
  readonly key: Key;
  readonly length: number;
  /** The MD5 of the bytes, where it is known. */
  readonly md5?: string | undefined;
}

/** A body that fails at its end when it was cut or changed on the way; it is read as it is asked for. */
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
  { key, length, md5 }: ExpectedBody,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const digest = md5 === undefined ? undefined : createEtagDigest(Number.MAX_SAFE_INTEGER);
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
  if (md5 !== undefined && digest?.matches(md5) === false) throw corruptedError(key);
}
