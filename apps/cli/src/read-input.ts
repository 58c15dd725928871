import { readFile } from "node:fs/promises";

import { TintypeError } from "@tintype/errors";

import type { Terminal } from "./terminal.ts";

/** The bytes of a file; `-` is standard input. Throws `cli.cannot_read` with the file's name. */
export async function readInput(
  path: string,
  { stdin }: Pick<Terminal, "stdin">,
): Promise<Uint8Array> {
  if (path === "-") return readAll(stdin);
  try {
    return await readFile(path);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new TintypeError({
      kind: isMissing ? "not_found" : "invalid_input",
      code: "cli.cannot_read",
      message: isMissing ? `There is no file ${path}.` : `${path} can't be read as a file.`,
      cause,
    });
  }
}

/** Everything that a stream gives. */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
