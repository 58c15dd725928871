import type { FileHandle } from "node:fs/promises";

import { truncatedError } from "@tintype/storage";
import type { Key, ResolvedRange } from "@tintype/storage";

import { attempt } from "./file-error.ts";

const chunkBytes = 256 * 1024;
/** A signal is heeded after so many. */
const wholeChunkBytes = 8 * 2 ** 20;

// Node ends the process when a handle is collected before it is closed: here for a body that its reader forgot.
const forgotten = new FinalizationRegistry<FileHandle>((handle) => {
  handle.close().catch(() => undefined);
});

/** The bytes of a range of an open file, in one go; the handle is closed at the end and at a failure. */
export async function readBytes(
  handle: FileHandle,
  key: Key,
  range: ResolvedRange,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  try {
    // Nothing of what was in this memory is left: it is read over, or never given out.
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(range.length).buffer);
    for (let offset = 0; offset < range.length;) {
      signal?.throwIfAborted();
      const length = Math.min(wholeChunkBytes, range.length - offset);
      const { bytesRead } = await attempt("read", key, async () =>
        handle.read(bytes, offset, length, range.offset + offset),
      );
      if (bytesRead === 0) throw truncatedError(key);
      offset += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** The bytes of a range of an open file, read as they are asked for; the handle is closed at the end, at a failure and when the reader cancels. */
export function readStream(
  handle: FileHandle,
  key: Key,
  range: ResolvedRange,
  signal?: AbortSignal,
): ReadableStream<Uint8Array> {
  let position = range.offset;
  const end = range.offset + range.length;

  const readNext = async (): Promise<Uint8Array> => {
    signal?.throwIfAborted();
    const buffer = new Uint8Array(Math.min(chunkBytes, end - position));
    const { bytesRead } = await attempt("read", key, async () =>
      handle.read(buffer, 0, buffer.length, position),
    );
    if (bytesRead === 0) throw truncatedError(key);
    position += bytesRead;
    return buffer.subarray(0, bytesRead);
  };

  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (position < end) controller.enqueue(await readNext());
          if (position < end) return;
          await handle.close();
          controller.close();
        } catch (error) {
          await handle.close();
          throw error;
        }
      },
      cancel: async () => handle.close(),
    },
    // Nothing is read ahead: a reader that only looks at the description costs no read.
    { highWaterMark: 0 },
  );
  forgotten.register(stream, handle);
  return stream;
}
