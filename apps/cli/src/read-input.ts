import { open, readFile } from "node:fs/promises";

import { TintypeError } from "@tintype/errors";

import type { Terminal } from "./terminal.ts";

/** What to say of a file that the system does not give. */
const problems: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no file ${path}.`,
  EISDIR: (path) => `${path} is a folder: name a picture in it.`,
  EACCES: (path) => `You may not read ${path}.`,
};

/** The bytes of a file; `-` is standard input. Throws `cli.cannot_read` with the file's name. */
export async function readInput(
  path: string,
  { stdin }: Pick<Terminal, "stdin">,
): Promise<Uint8Array> {
  if (path === "-") return readAll(stdin);
  try {
    return await readFile(path);
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

/** A file's bytes as they are asked for, without holding them all; `-` is standard input. */
export async function openInput(
  path: string,
  { stdin }: Pick<Terminal, "stdin">,
): Promise<ReadableStream<Uint8Array>> {
  if (path === "-") return ReadableStream.from(stdin);
  try {
    const file = await open(path);
    // A folder opens as well as a file does, and fails when it is read.
    if ((await file.stat()).isFile()) return ReadableStream.from(file.createReadStream());
    await file.close();
  } catch (cause) {
    throw cannotRead(path, cause);
  }
  throw cannotRead(path, Object.assign(new Error("no file"), { code: "EISDIR" }));
}

function cannotRead(path: string, cause: unknown): TintypeError {
  const reason = (cause as NodeJS.ErrnoException).code ?? "";
  return new TintypeError({
    kind: reason === "ENOENT" ? "not_found" : "invalid_input",
    code: "cli.cannot_read",
    message: problems[reason]?.(path) ?? `${path} can't be read as a file (${reason}).`,
    cause,
  });
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
