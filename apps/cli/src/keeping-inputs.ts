import { stat } from "node:fs/promises";
import { join } from "node:path";

import { TintypeError } from "@tintype/errors";
import type { Storage } from "@tintype/storage";

import type { InputFile } from "./input-files.ts";

/** A folder's storage that refuses to replace one of the pictures that are read, by whatever path it is reached. */
export function keepingInputs(
  storage: Storage,
  folder: string,
  files: readonly InputFile[],
): Storage {
  // Looked at when the first file is written: none has been replaced until then.
  let inputs: Promise<ReadonlySet<string | undefined>> | undefined;
  return {
    ...storage,
    async put(key, body, options) {
      inputs ??= Promise.all(files.map(({ path }) => identityOf(path))).then((all) => new Set(all));
      const present = await identityOf(join(folder, key));
      if (present !== undefined && (await inputs).has(present)) throw wouldReplace(key);
      return storage.put(key, body, options);
    },
  };
}

/** What is the same of all paths that lead to one file. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

function wouldReplace(key: string): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "cli.would_replace_input",
    message: `${key} would replace a picture that is read: give --out another folder.`,
    details: { key },
  });
}
