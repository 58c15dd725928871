import type { Stats } from "node:fs";
import { link, lstat, rename } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

import { alreadyExistsError, chunksOf } from "@tintype/storage";
import type { Key, ObjectAttributes } from "@tintype/storage";

import { attempt, errorCode, ifPresent } from "./file-error.ts";
import { removeSidecar, writeSidecar } from "./sidecar.ts";
import { createFile, removeFile, syncFolder, temporaryPath } from "./temporary-file.ts";

/** A body on the disk that no key leads to yet. */
export interface WrittenBody {
  readonly path: string;
  readonly stats: Stats;
}

/** Writes a whole body beside the path it is for, or leaves nothing; a failure of the body's own source is thrown as it is. */
export async function writeBody(
  key: Key,
  path: string,
  body: Uint8Array | ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): Promise<WrittenBody> {
  const aside = temporaryPath(dirname(path));
  const handle = await attempt("write", key, async () => createFile(aside));
  try {
    for await (const chunk of chunksOf(body, signal))
      await attempt("write", key, async () => handle.appendFile(chunk));
    return { path: aside, stats: await attempt("write", key, async () => finish(handle)) };
  } catch (error) {
    await removeFile(aside);
    throw error;
  } finally {
    await handle.close();
  }
}

/** Makes a written body the object at a path, with its attributes, in one step that readers see whole; or removes it. */
export async function publishBody(
  key: Key,
  path: string,
  written: WrittenBody,
  attributes: ObjectAttributes,
  ifAbsent: boolean,
): Promise<void> {
  const previous = await ifPresent(lstat(path));
  try {
    if (ifAbsent && previous !== undefined) throw alreadyExistsError(key);
    // First the attributes, under the new version's own name: they count from the moment its bytes do.
    await writeSidecar(key, path, written.stats, attributes);
    await (ifAbsent ? linkAbsent(key, written.path, path) : rename(written.path, path));
  } catch (error) {
    await removeFile(written.path);
    await removeSidecar(path, written.stats);
    throw error;
  }
  await syncFolder(dirname(path));
  if (previous !== undefined) await removeSidecar(path, previous);
}

async function finish(handle: FileHandle): Promise<Stats> {
  // The kernel's clock ticks every few milliseconds; a random fraction tells apart two versions of one tick.
  const now = (Date.now() + Math.random()) / 1000;
  await handle.utimes(now, now);
  await handle.sync();
  return handle.stat();
}

/** `rename` replaces what is there; `link` alone refuses to. */
async function linkAbsent(key: Key, from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    throw errorCode(error) === "EEXIST" ? alreadyExistsError(key, error) : error;
  }
  await removeFile(from);
}
