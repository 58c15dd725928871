import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { constants, lstat, readFile, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { mediaTypeOf, parseAttributes } from "@tintype/storage";
import type { Key, ObjectAttributes, PutOptions } from "@tintype/storage";

import { ifPresent } from "./file-error.ts";
import { versionOf } from "./stored-file.ts";
import { createFile, removeFile, syncFolder } from "./temporary-file.ts";

/** Where the attributes of one version of a file are kept: the name tells the version, so they never meet other bytes. */
export function sidecarPath(path: string, stats: Stats): string {
  const name = basename(path);
  // A long name leaves no room for the version and is kept by its hash.
  const stem =
    Buffer.byteLength(name) > 200 ? createHash("sha256").update(name).digest("hex") : name;
  return join(dirname(path), ".tintype", `${stem}.${versionOf(stats)}.json`);
}

/** Writes what a file's name and `stat` do not say about an object, before the file itself is published; often nothing. */
export async function writeSidecar(
  key: Key,
  path: string,
  stats: Stats,
  attributes: ObjectAttributes,
): Promise<void> {
  if (isSaidByName(key, attributes)) return;
  const sidecar = sidecarPath(path, stats);
  const handle = await createFile(sidecar);
  try {
    await handle.writeFile(JSON.stringify(attributes));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(sidecar));
}

/** Removes the attributes of a version, if there are any, and their folder once it is empty. */
export async function removeSidecar(path: string, stats: Stats): Promise<void> {
  const sidecar = sidecarPath(path, stats);
  await removeFile(sidecar);
  // Most often the folder is not there or holds other sidecars; either way there is nothing to do.
  await rmdir(dirname(sidecar)).catch(() => undefined);
}

/** The attributes of a version: the sidecar's, or those that its name says; `undefined` when another version has taken its place. */
export async function readAttributes(
  key: Key,
  path: string,
  stats: Stats,
): Promise<ObjectAttributes | undefined> {
  const flag = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const text = await ifPresent(readFile(sidecarPath(path, stats), { encoding: "utf8", flag }));
  if (text !== undefined) return parseAttributes(key, parseOptions(text));
  // The version's sidecar is removed once the next version is there.
  const now = await ifPresent(lstat(path));
  const isCurrent = now !== undefined && versionOf(now) === versionOf(stats);
  return isCurrent ? parseAttributes(key, {}) : undefined;
}

function isSaidByName(key: Key, attributes: ObjectAttributes): boolean {
  const { mediaType, metadata, cacheControl, contentDisposition } = attributes;
  return (
    mediaType === mediaTypeOf(key) &&
    Object.keys(metadata).length === 0 &&
    cacheControl === undefined &&
    contentDisposition === undefined
  );
}

/** A sidecar that someone has edited into something else says nothing. */
function parseOptions(text: string): PutOptions {
  try {
    const options: unknown = JSON.parse(text);
    return typeof options === "object" && options !== null ? options : {};
  } catch {
    return {};
  }
}
