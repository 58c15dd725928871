import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

import { compareKeys, parseKey } from "@tintype/storage";
import type { Key, Prefix } from "@tintype/storage";
import type { ListedObject } from "@tintype/storage";

import { ifPresent } from "./file-error.ts";
import { assertInside, isReserved } from "./locate.ts";
import { listedObject } from "./stored-file.ts";

/** The objects below the root whose keys start with a prefix, in the order of their keys; holds one folder's names at a time. Links and names that are no keys are left out. */
export async function* listObjects(
  root: string,
  prefix: Prefix,
  signal?: AbortSignal,
): AsyncGenerator<ListedObject, void, undefined> {
  const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  if (folder.split("/").some(isReserved)) return;
  await assertInside(root, join(root, folder), prefix);
  yield* listFolder(root, folder, prefix, signal);
}

async function* listFolder(
  root: string,
  folder: string,
  prefix: Prefix,
  signal?: AbortSignal,
): AsyncGenerator<ListedObject, void, undefined> {
  signal?.throwIfAborted();
  const entries = await ifPresent(readdir(join(root, folder), { withFileTypes: true }));
  const names = (entries ?? []).filter((entry) => !isReserved(entry.name)).map(nameInKeys);
  for (const name of names.toSorted(compareKeys)) {
    const text = folder + name;
    if (name.endsWith("/")) {
      if (text.startsWith(prefix) || prefix.startsWith(text))
        yield* listFolder(root, text, prefix, signal);
    } else if (text.startsWith(prefix)) {
      signal?.throwIfAborted();
      const object = await describe(root, text);
      if (object !== undefined) yield object;
    }
  }
}

/** A folder sorts where its keys do: with the slash that follows its name in them. */
function nameInKeys(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}

async function describe(root: string, text: string): Promise<ListedObject | undefined> {
  const key = keyOf(text);
  const stats = key && (await ifPresent(lstat(join(root, key))));
  return key && stats?.isFile() === true ? listedObject(key, stats) : undefined;
}

function keyOf(text: string): Key | undefined {
  try {
    const key = parseKey(text);
    return key === text ? key : undefined;
  } catch {
    return undefined;
  }
}
