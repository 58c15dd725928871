import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

import { chunksOf } from "../chunks-of.ts";

/** A body that can be read more than once, until it is disposed of. */
export interface SpooledBody extends AsyncDisposable {
  open(): Uint8Array | ReadableStream<Uint8Array>;
}

/** Keeps a body for as many storages as need it: a stream in a temporary file, bytes where they are. A failure of the body's own source is thrown as it is. */
export async function spoolBody(
  body: Uint8Array | ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): Promise<SpooledBody> {
  if (body instanceof Uint8Array)
    return { open: () => body, [Symbol.asyncDispose]: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), "tintype-spool-"));
  const path = join(folder, "body");
  const remove = async () => rm(folder, { recursive: true, force: true });
  try {
    await using file = await open(path, "wx", 0o600);
    for await (const chunk of chunksOf(body, signal)) await file.appendFile(chunk);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    open: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
    [Symbol.asyncDispose]: remove,
  };
}
