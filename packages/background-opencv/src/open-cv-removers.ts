import { TintypeError } from "@tintype/errors";
import {
  nothingFoundError,
  parseRemoval,
  removalTimedOutError,
  type BackgroundRemover,
} from "@tintype/generators";

import type { OpenCvEngine } from "./remove-background.ts";
import { WorkerPool } from "./worker-pool.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker.ts";

/** How many resources the removers may take; all engines share one pool of worker threads. */
export interface OpenCvRemoversOptions {
  /** At most this many pictures at once, further ones wait; 2 when left out. One takes up to about 500 MB. */
  readonly maxWorkers?: number;
  /** A worker without work is ended after this time, which gives its memory back; 10 seconds when left out. */
  readonly idleMs?: number;
  /** A removal that works longer than this is stopped with `background.timed_out`; 60 seconds when left out. Waiting for a worker does not count. */
  readonly deadlineMs?: number;
}

/** One remover for each engine, and the end of their workers. */
export interface OpenCvRemovers extends AsyncDisposable {
  /** What Canny's edges enclose, by a flood from the border: for an object before a calm background. */
  readonly auto: BackgroundRemover;
  /** GrabCut, from a box or from what stands out: for photographs. */
  readonly grabcut: BackgroundRemover;
  /** Watershed, from the core of what stands out: for photographs, faster and coarser. */
  readonly watershed: BackgroundRemover;
  /** A flat or checkered backdrop, as picture generators paint: needs no OpenCV, and works at full size. */
  readonly chroma: BackgroundRemover;
  /** How many workers live now. */
  readonly workers: number;
  /** Ends the workers; calls under way or made later reject with `background.closed`. */
  close(): Promise<void>;
}

/** Removers that work on this machine, in worker threads that start when first needed. */
export function createOpenCvRemovers(options: OpenCvRemoversOptions = {}): OpenCvRemovers {
  const { maxWorkers = 2, idleMs = 10_000, deadlineMs = 60_000 } = options;
  const pool = new WorkerPool({
    // Beside this file, in the sources as in the built package.
    file: new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url),
    maxWorkers,
    idleMs,
    deadlineMs,
    late: (request) => removalTimedOutError((request as WorkerRequest).engine, deadlineMs),
    crashed: (request, cause) => failedError((request as WorkerRequest).engine, cause),
  });
  const close = () => pool.close(closedError());
  return {
    auto: remover("auto", pool),
    grabcut: remover("grabcut", pool),
    watershed: remover("watershed", pool),
    chroma: remover("chroma", pool),
    get workers() {
      return pool.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function remover(engine: OpenCvEngine, pool: WorkerPool): BackgroundRemover {
  return {
    async remove(picture, options, { signal } = {}) {
      signal?.throwIfAborted();
      const { data, width, height, channels } = picture;
      const settings = parseRemoval(picture, options);
      const startedAt = performance.now();
      const request: WorkerRequest = {
        engine,
        picture: { data, width, height, channels },
        settings,
      };
      const answer = await pool.call<WorkerAnswer>(request, signal);
      if (answer.outcome === "nothing_found") throw nothingFoundError(engine);
      if (answer.outcome === "not_installed") throw notInstalledError(engine);
      if (answer.outcome === "failed") throw failedError(engine, new Error(answer.reason));
      const { mask, ...found } = answer.removal;
      const durationMs = performance.now() - startedAt;
      return { ...found, mask: { data: mask, width, height }, engine, durationMs };
    },
  };
}

function notInstalledError(engine: string): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "background.engine_not_installed",
    message: `The engine ${engine} needs the package @techstark/opencv-js: install it, or use the engine chroma.`,
    details: { engine },
  });
}

function failedError(engine: string, cause: unknown): TintypeError {
  return new TintypeError({
    kind: "processing",
    code: "background.failed",
    message: `The engine ${engine} failed on this picture: use a smaller picture, or another engine.`,
    details: { engine },
    cause,
  });
}

function closedError(): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "background.closed",
    message: "The background removers are closed: the service is shutting down.",
    retryable: true,
  });
}
