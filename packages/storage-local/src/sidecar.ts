import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { constants, readFile, rename, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { mediaTypeOf, parseAttributes } from "@tintype/storage";
import type { Key, ObjectAttributes } from "@tintype/storage";

import { ifPresent } from "./file-error.ts";
import { createTemporaryFile, removeFile } from "./temporary-file.ts";

/** The attributes of one version of an object, which its size and time of change tell from others. */
export interface SidecarEntry {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly attributes: ObjectAttributes;
}

/** The entry that a version needs, or none where its name already says everything. */
export function entriesFor(key: Key, stats: Stats, attributes: ObjectAttributes): SidecarEntry[] {
  const { mediaType, metadata, cacheControl, contentDisposition } = attributes;
  const isPlain =
    mediaType === mediaTypeOf(key) &&
    Object.keys(metadata).length === 0 &&
    cacheControl === undefined &&
    contentDisposition === undefined;
  return isPlain ? [] : [{ bytes: stats.size, mtimeMs: stats.mtimeMs, attributes }];
}

/** The entries kept beside a file that belong to this version of it: one or none. */
export async function readSidecar(path: string, stats: Stats): Promise<SidecarEntry[]> {
  const flag = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const text = await ifPresent(readFile(sidecarPath(path), { encoding: "utf8", flag }));
  if (text === undefined) return [];
  return parseEntries(text).filter(
    (entry) => entry.bytes === stats.size && entry.mtimeMs === stats.mtimeMs,
  );
}

/** Replaces the entries beside a file; without any, removes the sidecar and its folder once that is empty. */
export async function writeSidecar(path: string, entries: readonly SidecarEntry[]): Promise<void> {
  const sidecar = sidecarPath(path);
  if (entries.length === 0) {
    await removeFile(sidecar);
    // Most often the folder is not there or holds other sidecars; either way there is nothing to do.
    await rmdir(dirname(sidecar)).catch(() => undefined);
    return;
  }
  const temporary = await createTemporaryFile(dirname(sidecar));
  try {
    await temporary.handle.writeFile(JSON.stringify(entries));
    await temporary.handle.sync();
    await temporary.handle.close();
    await rename(temporary.path, sidecar);
  } catch (error) {
    await temporary.handle.close().catch(() => undefined);
    await removeFile(temporary.path);
    throw error;
  }
}

/** The attributes of this version of an object: the sidecar's, or those that its name says. */
export async function readAttributes(
  key: Key,
  path: string,
  stats: Stats,
): Promise<ObjectAttributes> {
  const [entry] = await readSidecar(path, stats);
  return parseAttributes(key, entry?.attributes ?? {});
}

/** A sidecar that someone has edited into something else says nothing. */
function parseEntries(text: string): readonly SidecarEntry[] {
  try {
    const entries: unknown = JSON.parse(text);
    return Array.isArray(entries) ? (entries as SidecarEntry[]) : [];
  } catch {
    return [];
  }
}

function sidecarPath(path: string): string {
  const name = basename(path);
  // A name that leaves no room for the extension is kept by its hash.
  const stem =
    Buffer.byteLength(name) > 250 ? createHash("sha256").update(name).digest("hex") : name;
  return join(dirname(path), ".tintype", `${stem}.json`);
}
