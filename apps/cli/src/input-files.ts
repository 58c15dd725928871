import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

import { outputName } from "@tintype/pipeline";
import { glob, isDynamicPattern } from "tinyglobby";

/** Whether an argument is the address of a picture on the web or in a bucket. */
export function isAddress(text: string): boolean {
  return /^(?:https?|s3):\/\//iu.test(text);
}

/** The key in an argument such as `stored:cars/1.png`, which names an object in the storage; undefined for others. */
export function storedKey(text: string): string | undefined {
  return /^stored:(?<key>.+)$/isu.exec(text)?.groups?.["key"];
}

/** A file to process. */
export interface InputFile {
  /** As the user wrote it, or as the pattern found it. */
  readonly path: string;
  /** What its output files are called; no two files of a run share a name. */
  readonly name: string;
}

/** Of a folder, only these are meant; a file or a pattern that the user writes may end as it likes. */
const pictureName = /\.(?:avif|bmp|gif|hei[cf]|ico|jpe?g|png|svg|tiff?|webp)$/iu;

/**
 * Finds the files that arguments name, patterns and folders included, each once, in the order of the arguments. An
 * argument that finds nothing stays, to fail as a file of its own while the rest goes on.
 */
export async function findInputFiles(patterns: readonly string[]): Promise<readonly InputFile[]> {
  const found = await Promise.all(patterns.map(findOne));
  const byPlace = new Map(found.flat().map((path) => [resolve(path), path]));
  return withNames([...byPlace.values()]);
}

async function findOne(pattern: string): Promise<readonly string[]> {
  if (isAddress(pattern) || storedKey(pattern) !== undefined) return [pattern];
  // A file whose name happens to look like a pattern is meant as it stands.
  const named = await stat(pattern).catch(() => undefined);
  const files = named?.isDirectory()
    ? await filesOfFolder(pattern)
    : !named && isDynamicPattern(pattern)
      ? await filesOfPattern(pattern)
      : [];
  return files.length === 0 ? [pattern] : files.toSorted();
}

/** Where a pattern does not name them, neither folders behind links nor installed packages are searched. */
async function filesOfPattern(pattern: string): Promise<readonly string[]> {
  const parts = pattern.split("/");
  const from = parts.findIndex((part) => isDynamicPattern(part));
  const [base, rest] = [parts.slice(0, from).join("/"), parts.slice(from).join("/")];
  const cwd = base === "" && from > 0 ? "/" : base || ".";
  const ignore = rest.includes("node_modules") ? [] : ["**/node_modules/**"];
  const files = await glob(rest, { cwd, ignore, followSymbolicLinks: false });
  return files.map((file) => join(cwd, file));
}

async function filesOfFolder(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { withFileTypes: true });
  return files
    .filter((file) => !file.isDirectory() && pictureName.test(file.name))
    .map(({ name }) => join(folder, name));
}

function withNames(paths: readonly string[]): readonly InputFile[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const file = isAddress(path) ? path.replace(/[?#].*$/su, "") : (storedKey(path) ?? path);
    const stem = outputName(file) ?? "image";
    let name = stem;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem}-${count}`;
    taken.add(name.toLowerCase());
    return { path, name };
  });
}
