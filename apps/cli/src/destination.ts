import { join } from "node:path";

import { createFolderStorage } from "@tintype/runtime";
import type { Key, Storage } from "@tintype/storage";

import type { InputFile } from "./input-files.ts";
import { keepingInputs } from "./keeping-inputs.ts";
import { usageError } from "./usage-error.ts";

/** The flags that say where files go. */
export interface DestinationFlags {
  readonly out?: string;
  readonly store?: boolean;
}

/** Where a command's files go. */
export interface Destination {
  /** Left out where the settings say it. */
  readonly overrides: { readonly storage?: Storage };
  /** The folder of the keys; left out, the pipeline makes one of the picture and the request. */
  readonly folder: { readonly folder?: "" };
  /** How a file is told. */
  readonly place: (file: { readonly key: Key; readonly url: string }) => string;
}

/** The storage of the settings with `--store`, else a folder. */
export async function destinationOf(
  { out, store }: DestinationFlags,
  inputs?: readonly InputFile[],
): Promise<Destination> {
  if (store !== true) return folderDestination(out, inputs);
  if (out !== undefined) throw usageError("Files go to one place: give --store or --out.");
  return { overrides: {}, folder: {}, place: ({ url }) => url };
}

/** A folder, in which the pictures that are read are never replaced. */
export async function folderDestination(
  folder = "out",
  inputs: readonly InputFile[] = [],
): Promise<Destination & { readonly overrides: { readonly storage: Storage } }> {
  const storage = keepingInputs(await createFolderStorage(folder), folder, inputs);
  return { overrides: { storage }, folder: { folder: "" }, place: ({ key }) => join(folder, key) };
}
