import { availableParallelism } from "node:os";
import { join } from "node:path";

import type { Settings } from "@tintype/config";
import { isTintypeError, TintypeError } from "@tintype/errors";
import type { Pipeline, PipelineResult } from "@tintype/pipeline";
import { createFolderStorage, createRuntime } from "@tintype/runtime";
import { createMemoryStorage } from "@tintype/storage";
import pMap from "p-map";

import { buildWork, type Work, type WorkFlags } from "../build-work.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { findInputFiles, type InputFile } from "../input-files.ts";
import { startProgress } from "../progress.ts";
import { readAll, readInput } from "../read-input.ts";
import { byteSize, write, type Terminal } from "../terminal.ts";

/** The flags of `process`. */
export interface ProcessFlags extends WorkFlags {
  readonly out?: string;
  readonly variant?: string;
  readonly json?: boolean;
}

/** Processes files side by side; gives the exit code of the first file that failed, 0 when none did. */
export async function processCommand(
  patterns: readonly string[],
  flags: ProcessFlags,
  settings: Settings,
  terminal: Terminal,
): Promise<number> {
  const work = await buildWork(flags);
  if (patterns.includes("-") && flags.out === undefined) {
    if (patterns.length > 1) throw usage("Standard input goes alone: no other files beside -.");
    await processStream(work, flags, settings, terminal);
    return 0;
  }
  const out = flags.out ?? "out";
  const { pipeline } = await createRuntime(settings, {
    storage: await createFolderStorage(out),
  });
  // A fault in the flags is the same for every file: better said once.
  pipeline.parse({ ...work, source: { kind: "bytes", data: "" } });
  const files = await findInputFiles(patterns);
  const outcomes = await processFiles(
    files,
    { work, out, pipeline, isJson: flags.json === true },
    terminal,
  );
  if (flags.json === true) await write(terminal.stdout, `${JSON.stringify(outcomes, null, 2)}\n`);
  return outcomes.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}

interface Run {
  readonly work: Work;
  readonly out: string;
  readonly pipeline: Pipeline;
  readonly isJson: boolean;
}

interface Outcome {
  readonly file: string;
  readonly exitCode: number;
  readonly result?: PipelineResult;
  readonly error?: { readonly code: string; readonly message: string };
}

async function processFiles(
  files: readonly InputFile[],
  run: Run,
  terminal: Terminal,
): Promise<readonly Outcome[]> {
  const progress = startProgress(files.length, terminal);
  // Somewhat more than the pipeline lets into work, so that the next files are read meanwhile.
  const concurrency = availableParallelism() + 1;
  const outcomes = await pMap(
    files,
    async (file) => {
      const outcome = await processFile(file, run, terminal);
      progress.advance();
      if (!run.isJson && !terminal.isInteractive) await report(outcome, run.out, terminal);
      return outcome;
    },
    { concurrency },
  );
  progress.stop();
  if (!run.isJson && terminal.isInteractive) {
    for (const outcome of outcomes) await report(outcome, run.out, terminal);
  }
  return outcomes;
}

async function processFile(
  { path, name }: InputFile,
  { work, pipeline }: Run,
  terminal: Terminal,
): Promise<Outcome> {
  try {
    const data = await readInput(path, terminal);
    const request = { ...work, source: { kind: "bytes", data }, store: { folder: "", name } };
    return { file: path, exitCode: 0, result: await pipeline.run(pipeline.parse(request)) };
  } catch (error) {
    if (!isTintypeError(error)) throw error;
    const { code, message } = error;
    return { file: path, exitCode: exitCodeOf(error), error: { code, message } };
  }
}

async function report({ file, result, error }: Outcome, out: string, terminal: Terminal) {
  if (error) return write(terminal.stderr, `${file}: ${error.message} (${error.code})\n`);
  const lines = (result?.variants ?? []).map(
    ({ key, width, height, bytes }) =>
      `${file} → ${join(out, key)}  ${width} × ${height}  ${byteSize(bytes)}\n`,
  );
  const warnings = (result?.warnings ?? []).map((warning) => `${file}: ${warning}\n`);
  await write(terminal.stderr, warnings.join(""));
  return write(terminal.stdout, lines.join(""));
}

/** Standard input to standard output: one picture in, one file out. */
async function processStream(
  work: Work,
  { variant }: ProcessFlags,
  settings: Settings,
  { stdin, stdout }: Terminal,
): Promise<void> {
  const storage = createMemoryStorage();
  const { pipeline } = await createRuntime(settings, { storage });
  const parsed = pipeline.parse({ ...work, source: { kind: "bytes", data: await readAll(stdin) } });
  const names = parsed.variants.map(({ name }) => name);
  const wanted = variant ?? (names.length === 1 ? names[0] : undefined);
  const variants = parsed.variants.filter(({ name }) => name === wanted);
  if (variants.length === 0) {
    throw usage(
      `One file goes to standard output: choose it with --variant ${names.join("|")}, or give --out.`,
    );
  }
  const { variants: made } = await pipeline.run({ ...parsed, variants });
  for (const { key } of made) await write(stdout, await (await storage.get(key)).bytes());
}

function usage(message: string): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "cli.invalid_option", message });
}
