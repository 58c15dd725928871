import { availableParallelism } from "node:os";
import { basename } from "node:path";

import type { Settings } from "@tintype/config";
import { isAbort, isTintypeError } from "@tintype/errors";
import type { Pipeline, PipelineRequest, PipelineResult } from "@tintype/pipeline";
import { createRuntime, createStorage } from "@tintype/runtime";
import { createMemoryStorage, parseKey, type Storage } from "@tintype/storage";
import pMap from "p-map";

import {
  buildWork,
  readingOf,
  type ReadingFlags,
  type Work,
  type WorkFlags,
} from "../build-work.ts";
import { destinationOf, type Destination, type DestinationFlags } from "../destination.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { findInputFiles, isAddress, storedKey, type InputFile } from "../input-files.ts";
import { startProgress } from "../progress.ts";
import { readInput } from "../read-input.ts";
import { reportOutcome, reportTotal, type Outcome } from "../report.ts";
import { write, type Terminal } from "../terminal.ts";
import { usageError } from "../usage-error.ts";

/** The flags of `process`. */
export interface ProcessFlags extends WorkFlags, ReadingFlags, DestinationFlags {
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
  const toStdout = patterns.includes("-") && flags.out === undefined && flags.store !== true;
  if (toStdout) assertStream(patterns, flags);
  const work = await buildWork(flags, terminal);
  const reading = readingOf(flags);
  if (toStdout) {
    await processStream({ work, variant: flags.variant, reading }, settings, terminal);
    return 0;
  }
  const files = await findInputFiles(patterns);
  const to = await destinationOf(flags, files);
  const { pipeline } = await createRuntime(settings, to.overrides);
  const run = {
    work,
    variant: flags.variant,
    reading,
    to,
    pipeline,
    isJson: flags.json === true,
    // The pipeline's own storage may be the folder of --out.
    stored: files.some(isStored) ? await createStorage(settings) : undefined,
  };
  // A fault in the flags is the same for every file: better said once.
  parseWork(pipeline, run, { source: { kind: "bytes", data: "" } });
  const outcomes = await processFiles(files, run, terminal);
  if (run.isJson) await write(terminal.stdout, `${JSON.stringify(outcomes, null, 2)}\n`);
  return outcomes.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}

/** What is the same for all files. */
interface Chosen {
  readonly work: Work;
  readonly variant: string | undefined;
  /** How each source is read. */
  readonly reading: object;
}

interface Run extends Chosen {
  readonly to: Destination;
  readonly pipeline: Pipeline;
  readonly isJson: boolean;
  /** The storage of the settings, where files come from it. */
  readonly stored: Storage | undefined;
}

function isStored({ path }: InputFile): boolean {
  return storedKey(path) !== undefined;
}

async function processFiles(
  files: readonly InputFile[],
  run: Run,
  terminal: Terminal,
): Promise<readonly Outcome[]> {
  const { isInteractive, signal } = terminal;
  const progress = startProgress(files.length, terminal);
  const report = async (outcome: Outcome) => {
    if (!run.isJson) await reportOutcome(outcome, run.to, terminal);
  };
  const processOne = async (file: InputFile) => {
    const outcome = await processFile(file, run, terminal);
    progress.advance();
    // Lines between the redrawings of a bar would tear it.
    if (!isInteractive) await report(outcome);
    return outcome;
  };
  try {
    // Somewhat more than the pipeline lets into work, so that the next files are read meanwhile.
    const concurrency = availableParallelism() + 1;
    const outcomes = await pMap(files, processOne, { concurrency, ...(signal && { signal }) });
    progress.stop();
    if (isInteractive) for (const outcome of outcomes) await report(outcome);
    if (!run.isJson) await reportTotal(outcomes, terminal);
    return outcomes;
  } finally {
    progress.stop();
  }
}

async function processFile(
  { path, name }: InputFile,
  run: Run,
  terminal: Terminal,
): Promise<Outcome> {
  const { signal } = terminal;
  try {
    const request = parseWork(run.pipeline, run, {
      source: { ...(await sourceOf(path, run, terminal)), ...run.reading },
      store: { ...run.to.folder, name },
    });
    return {
      file: path,
      exitCode: 0,
      result: await run.pipeline.run(request, { signal, transfer: true }),
    };
  } catch (error) {
    if (isAbort(error, signal)) throw error;
    // A fault of the program on one file is no reason to leave the others undone.
    const { code, message } = isTintypeError(error)
      ? error
      : { code: "cli.unexpected", message: `An unexpected fault: ${String(error)}` };
    return { file: path, exitCode: exitCodeOf(error), error: { code, message } };
  }
}

/** An address is the pipeline's to read, within its limits. */
async function sourceOf(path: string, { stored }: Run, terminal: Terminal): Promise<object> {
  if (isAddress(path)) return { kind: /^s3:/iu.test(path) ? "s3" : "url", url: path };
  const key = storedKey(path);
  if (stored !== undefined && key !== undefined) {
    const content = await stored.get(parseKey(key), { signal: terminal.signal });
    return { kind: "bytes", data: await content.bytes(), name: basename(key) };
  }
  return { kind: "bytes", data: await readInput(path, terminal), name: basename(path) };
}

/** The request for one file, with the chosen variant alone where one was chosen. */
function parseWork(pipeline: Pipeline, { work, variant }: Chosen, file: object): PipelineRequest {
  const parsed = pipeline.parse({ ...work, ...file });
  if (variant === undefined) return parsed;
  const variants = parsed.variants.filter(({ name }) => name === variant);
  if (variants.length === 0) {
    const names = parsed.variants.map(({ name }) => name).join(", ");
    throw usageError(`There is no variant "${variant}". This makes: ${names}.`);
  }
  return { ...parsed, variants };
}

function assertStream(patterns: readonly string[], { json }: ProcessFlags): void {
  if (patterns.length > 1) {
    throw usageError("Standard input goes alone: name no other files beside -, or give --out.");
  }
  if (json === true) {
    throw usageError("The file takes standard output: give --out to see the result as JSON.");
  }
}

/** Standard input to standard output: one picture in, one file out. */
async function processStream(
  chosen: Chosen,
  settings: Settings,
  terminal: Terminal,
): Promise<void> {
  const storage = createMemoryStorage();
  const { pipeline } = await createRuntime(settings, { storage });
  // Before the picture is read: a fault in the flags need not wait for it.
  const { variants } = parseWork(pipeline, chosen, { source: { kind: "bytes", data: "" } });
  if (variants.length > 1) {
    const names = variants.map(({ name }) => name).join("|");
    throw usageError(`One file goes to standard output: give --variant ${names}, or --out.`);
  }
  const source = { kind: "bytes", data: await readInput("-", terminal), ...chosen.reading };
  const request = parseWork(pipeline, chosen, { source });
  const result: PipelineResult = await pipeline.run(request, {
    signal: terminal.signal,
    transfer: true,
  });
  for (const { key } of result.variants) {
    await write(terminal.stdout, await (await storage.get(key)).bytes());
  }
}
