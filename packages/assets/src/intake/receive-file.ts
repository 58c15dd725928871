import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";

import { isTintypeError, TintypeError } from "@tintype/errors";
import { cancelBody, chunksOf } from "@tintype/storage";

/** A whole file on this machine's disk, which goes when it is disposed of. */
export interface ReceivedFile extends AsyncDisposable {
  readonly path: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** A fresh stream of its bytes. */
  stream(): ReadableStream<Uint8Array>;
}

/** How files are received. */
export interface ReceiveOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Writes a body to the disk as it comes, chunk by chunk; throws `image.too_many_bytes` at the first byte too many. */
export async function receiveFile(
  body: Uint8Array | ReadableStream<Uint8Array>,
  { folder, maxBytes, signal }: ReceiveOptions,
): Promise<ReceivedFile> {
  const path = join(folder, incomingName());
  const remove = async () => unlink(path).catch(() => undefined);
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    await mkdir(folder, { recursive: true });
    await using handle = await open(path, "wx", 0o600);
    for await (const chunk of chunksOf(body, signal)) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooManyBytes(maxBytes);
      hash.update(chunk);
      await handle.appendFile(chunk);
    }
  } catch (error) {
    cancelBody(body, error);
    await remove();
    throw diskError(error);
  }
  return {
    path,
    bytes,
    sha256: hash.digest("hex"),
    stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
    [Symbol.asyncDispose]: remove,
  };
}

/** Whether a file's name is one that a received file has until it is whole. */
export function isIncomingName(name: string): boolean {
  return /^[0-9a-f-]{36}\.incoming$/u.test(name);
}

function incomingName(): string {
  return `${randomUUID()}.incoming`;
}

function tooManyBytes(maxBytes: number): TintypeError {
  return new TintypeError({
    kind: "limit_exceeded",
    code: "image.too_many_bytes",
    message: `The file has more than ${maxBytes} bytes, which are allowed at most.`,
    details: { maxBytes },
  });
}

/** A failure of this machine's disk as ours; the body's own failures as they came. */
function diskError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const isDisk = ["EACCES", "EDQUOT", "EIO", "EMFILE", "ENOSPC", "EROFS", "ENOTDIR"];
  if (isTintypeError(error) || code === undefined || !isDisk.includes(code)) return error;
  return new TintypeError({
    kind: "unavailable",
    code: "asset.disk",
    message: "The service can't keep files on their way in: its disk is full or can't be written.",
    retryable: true,
    cause: error,
  });
}
