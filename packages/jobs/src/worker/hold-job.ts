import type { ClaimedJob } from "../dispatcher.ts";
import { timedOut } from "../job-errors.ts";
import type { JobServices } from "../job-services.ts";
import type { Progress } from "../records/claim-jobs.ts";

/** Why a run ends whose job is not this worker's any more. */
export const lost = new Error("The job is another worker's, or was canceled.");

/** Why a run ends whose worker stops: its job goes back. */
export const handedBack = new Error("The worker stops.");

/** Progress that comes sooner than this after the last is put on record with the next. */
const progressEveryMs = 250;

/** A job in this worker's hands: its lease is renewed, and its signal ends it when it is to end. */
export interface Hold extends Disposable {
  readonly signal: AbortSignal;
  /** After how many ms the signal ends it at the latest. */
  readonly timeoutMs: number;
  readonly progress: (percent: number, stage?: string) => void;
}

/** Holds a job until it is disposed of. */
export function holdJob(job: ClaimedJob, services: JobServices, stopping: AbortSignal): Hold {
  const { records, hub, leaseMs } = services;
  const { row } = job;
  const timeoutMs = Math.min(row.timeout_ms ?? Infinity, services.timeoutMs);
  const ended = new AbortController();
  let latest: Progress | undefined;
  let told = performance.now();
  let isTelling = false;

  const renew = async () => {
    if (isTelling) return;
    const progress = latest;
    [latest, told, isTelling] = [undefined, performance.now(), true];
    // While the database is away, nobody else can have the job either.
    const isKept = await records.renew(job, progress).catch(() => true);
    isTelling = false;
    if (!isKept) ended.abort(lost);
  };

  const beat = setInterval(() => void renew(), leaseMs / 3);
  const deadline = setTimeout(() => ended.abort(timedOut(timeoutMs)), timeoutMs);
  const stop = () => ended.abort(handedBack);
  stopping.addEventListener("abort", stop, { once: true });
  if (stopping.aborted) stop();
  // Whoever cancels it in this process is heard at once, and others at the next beat.
  const deafen = hub.listen(row.id, ({ lease }) => {
    if (lease !== undefined && lease !== job.lease) ended.abort(lost);
  });
  return {
    signal: ended.signal,
    timeoutMs,
    progress(percent, stage) {
      latest = { percent: Math.round(percent), stage };
      if (performance.now() - told >= progressEveryMs) void renew();
    },
    [Symbol.dispose]() {
      clearInterval(beat);
      clearTimeout(deadline);
      stopping.removeEventListener("abort", stop);
      deafen();
    },
  };
}
