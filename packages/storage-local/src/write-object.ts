import type { Stats } from "node:fs";
import { link, lstat, rename } from "node:fs/promises";
import { dirname } from "node:path";

import { alreadyExistsError, chunksOf } from "@tintype/storage";
import type { Key, ObjectAttributes } from "@tintype/storage";

import { attempt, errorCode, ifPresent } from "./file-error.ts";
import { entriesFor, readSidecar, writeSidecar } from "./sidecar.ts";
import { createTemporaryFile, removeFile, syncFolder } from "./temporary-file.ts";
import type { TemporaryFile } from "./temporary-file.ts";

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
  const file = await attempt("write", key, async () => createTemporaryFile(dirname(path)));
  try {
    for await (const chunk of chunksOf(body, signal))
      await attempt("write", key, async () => file.handle.appendFile(chunk));
    return { path: file.path, stats: await attempt("write", key, async () => finish(file)) };
  } catch (error) {
    await removeFile(file.path);
    throw error;
  } finally {
    await file.handle.close();
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
  try {
    await exchange(key, path, written, attributes, ifAbsent);
  } catch (error) {
    await removeFile(written.path);
    throw error;
  }
  await syncFolder(dirname(path));
}

async function exchange(
  key: Key,
  path: string,
  written: WrittenBody,
  attributes: ObjectAttributes,
  ifAbsent: boolean,
): Promise<void> {
  const current = await ifPresent(lstat(path));
  if (ifAbsent && current !== undefined) throw alreadyExistsError(key);
  // While the two versions change places the sidecar knows both, so neither is ever seen without its attributes.
  const old = current === undefined ? [] : await readSidecar(path, current);
  const entries = entriesFor(key, written.stats, attributes);
  if (entries.length > 0) await writeSidecar(path, [...old, ...entries]);
  try {
    await (ifAbsent ? linkAbsent(key, written.path, path) : rename(written.path, path));
  } catch (error) {
    if (entries.length > 0) await writeSidecar(path, old);
    throw error;
  }
  if (entries.length === 0) await writeSidecar(path, []);
}

async function finish({ handle }: TemporaryFile): Promise<Stats> {
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
