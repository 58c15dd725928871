import { stat } from "node:fs/promises";
import { resolve } from "node:path";

import { TintypeError } from "@tintype/errors";
import { outputName } from "@tintype/pipeline";
import { glob, isDynamicPattern } from "tinyglobby";

/** A file to process. */
export interface InputFile {
  /** As the user wrote it, or as the pattern found it. */
  readonly path: string;
  /** What its output files are called; no two files of a run share a name. */
  readonly name: string;
}

/** Finds the files that arguments name, patterns included, each once, in the order of the arguments. */
export async function findInputFiles(patterns: readonly string[]): Promise<readonly InputFile[]> {
  const found = await Promise.all(patterns.map(findOne));
  const seen = new Set<string>();
  const paths = found.flat().filter((path) => {
    const absolute = resolve(path);
    return !seen.has(absolute) && seen.add(absolute);
  });
  return withNames(paths);
}

async function findOne(pattern: string): Promise<readonly string[]> {
  // A file whose name happens to look like a pattern is meant as it stands.
  const named = await stat(pattern).catch(() => undefined);
  if (named?.isDirectory() === true) {
    return (await glob("*", { cwd: pattern })).toSorted().map((file) => `${pattern}/${file}`);
  }
  if (named || !isDynamicPattern(pattern)) return [pattern];
  const files = await glob(pattern);
  if (files.length > 0) return files.toSorted();
  throw new TintypeError({
    kind: "not_found",
    code: "cli.no_files",
    message: `No file matches ${pattern}.`,
  });
}

function withNames(paths: readonly string[]): readonly InputFile[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem = outputName(path) ?? "image";
    let name = stem;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem}-${count}`;
    taken.add(name.toLowerCase());
    return { path, name };
  });
}
