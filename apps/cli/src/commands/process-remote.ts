import { basename } from "node:path";

import type { Settings } from "@tintype/config";
import { isAbort, isTintypeError, TintypeError, type ErrorKind } from "@tintype/errors";
import { hasEnded, type Job } from "@tintype/jobs";
import type { PipelineResult } from "@tintype/pipeline";
import { parseKey, type Storage } from "@tintype/storage";
import pMap from "p-map";

import { buildWork, readingOf, type Work } from "../build-work.ts";
import { folderDestination } from "../destination.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { findInputFiles, type InputFile } from "../input-files.ts";
import { startJobBars, type JobBar } from "../job-bars.ts";
import { readInput } from "../read-input.ts";
import { remoteError, unreachable } from "../remote-error.ts";
import { createRemoteJobs, type RemoteJobs } from "../remote-jobs.ts";
import { reportOutcome, reportTotal, type Outcome } from "../report.ts";
import { write, type Terminal } from "../terminal.ts";
import { usageError } from "../usage-error.ts";
import type { ProcessFlags } from "./process.ts";

/** The flags of `process --remote`. */
export interface RemoteFlags extends ProcessFlags {
  /** The service's address; true for the one in the settings. */
  readonly remote: string | true;
}

/** How many files are on their way at once. */
const concurrency = 4;

/** Has a service process local files, and fetches what it made; gives the exit code of the first file that failed, 0 when none did. */
export async function processRemote(
  patterns: readonly string[],
  { remote, out, store, variant, json, ...flags }: RemoteFlags,
  settings: Settings,
  terminal: Terminal,
): Promise<number> {
  const url = remote === true ? settings.remote.url : remote;
  if (typeof url !== "string") throw usageError("Give --remote an address, or set TINTYPE_URL.");
  if (variant !== undefined) throw usageError("--variant chooses here, not at --remote.");
  if (store === true) throw usageError("--store keeps files here: give --remote an --out.");
  const { signal } = terminal;
  const files = await findInputFiles(patterns);
  const to = await folderDestination(out, files);
  const bars = startJobBars(files.length, terminal);
  const far: Far = {
    jobs: createRemoteJobs({ url, apiKey: settings.remote.apiKey, signal }),
    work: { ...(await buildWork(flags, terminal)) },
    reading: readingOf(flags),
    folder: to.overrides.storage,
  };
  try {
    const outcomes = await pMap(
      files,
      async (file) => {
        const bar = bars.add(file.path);
        const outcome = await processOne(file, far, bar, terminal);
        bar.done();
        return outcome;
      },
      { concurrency, ...(signal && { signal }) },
    );
    bars.stop();
    if (json === true) await write(terminal.stdout, `${JSON.stringify(outcomes, null, 2)}\n`);
    else {
      for (const outcome of outcomes) await reportOutcome(outcome, to, terminal);
      await reportTotal(outcomes, terminal);
    }
    return outcomes.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
  } finally {
    bars.stop();
  }
}

/** What is the same for all files. */
interface Far {
  readonly jobs: RemoteJobs;
  readonly work: Work;
  readonly reading: object;
  /** Where files go. */
  readonly folder: Storage;
}

async function processOne(
  { path, name }: InputFile,
  { jobs, work, reading, folder }: Far,
  bar: JobBar,
  terminal: Terminal,
): Promise<Outcome> {
  const { signal } = terminal;
  try {
    const data = Buffer.from(await readInput(path, terminal)).toString("base64");
    const source = { kind: "bytes", data, name: basename(path), ...reading };
    const accepted = await jobs.submit({
      kind: "process",
      input: { source, ...work, store: { name } },
    });
    let job: Job = accepted;
    for await (job of jobs.watch(accepted.id, { signal })) bar.at(job.progress);
    const result = resultOf(job);
    const variants = await Promise.all(
      result.variants.map(async ({ key, url, ...file }) => {
        const local = parseKey(basename(key));
        await folder.put(local, await download(url, signal), { signal });
        return { ...file, url, key: local };
      }),
    );
    return { file: path, exitCode: 0, result: { ...result, variants } };
  } catch (error) {
    if (isAbort(error, signal) || !isTintypeError(error)) throw error;
    const { code, message } = error;
    return { file: path, exitCode: exitCodeOf(error), error: { code, message } };
  }
}

/** What a job made, or the error that it ended with. */
function resultOf(job: Job): PipelineResult {
  const { state, error, result } = job;
  if (state === "succeeded") return result as PipelineResult;
  const kind: ErrorKind =
    error === undefined || error.kind === "internal" ? "processing" : error.kind;
  throw new TintypeError({
    kind,
    code: (error?.code ?? "job.canceled") as `${string}.${string}`,
    message: error?.message ?? (hasEnded(job) ? "The job was canceled." : "The job did not end."),
  });
}

async function download(
  url: string,
  signal: AbortSignal | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url, { signal: signal ?? null }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw unreachable(url, cause);
  });
  if (!response.ok || response.body === null) throw await remoteError(response);
  return ReadableStream.from(bytesOf(response));
}

/** The body of a response, which is held until it is read: fetch cancels what nobody reads once its response is collected. */
async function* bytesOf(response: Response): AsyncGenerator<Uint8Array, void, undefined> {
  yield* response.body ?? [];
}
