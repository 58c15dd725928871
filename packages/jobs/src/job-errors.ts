import { TintypeError } from "@tintype/errors";

import type { JobState } from "./job.ts";

/** The error for an id that names no job. */
export function jobNotFound(id: string): TintypeError {
  return new TintypeError({
    kind: "not_found",
    code: "job.not_found",
    message: "There is no job of this id: it may have been removed.",
    details: { id },
  });
}

/** The error for a job that is not in a state to be done again. */
export function notRetryable(id: string, state: JobState): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "job.not_ended",
    message: `Only a job that failed or was canceled can be done again; this one is ${state}.`,
    details: { id, state },
  });
}

/** The error for an end that is to be told before there is one. */
export function notEnded(id: string, state: JobState): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "job.not_ended",
    message: `The job is ${state}: its end is told when it comes.`,
    details: { id, state },
  });
}

/** The error for an end that nobody asked to be told of. */
export function noWebhook(id: string): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "job.no_webhook",
    message: "The job came without a webhook: nobody is told of its end.",
    details: { id },
  });
}

/** The error for a queue that takes no more. */
export function queueFull(queued: number): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "job.queue_full",
    message: `${queued} jobs wait already. Try again later.`,
    details: { queued },
    retryable: true,
    retryAfterMs: 10_000,
  });
}

/** The error for an idempotency key that stands for something else already. */
export function keyReused(): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "job.idempotency_key_reused",
    message:
      "This idempotency key came with another job before: use a new key for each job, and the same one only to repeat it.",
  });
}

/** The error for a run that took too long; the same job would again. */
export function timedOut(timeoutMs: number): TintypeError {
  return new TintypeError({
    kind: "limit_exceeded",
    code: "job.timeout",
    message: `The job was not finished within ${timeoutMs / 1000} s. Ask for less at once.`,
    details: { timeoutMs },
  });
}

/** The error for a job whose worker ended every time. */
export function workerLost(times: number): TintypeError {
  return new TintypeError({
    kind: "processing",
    code: "job.worker_lost",
    message: `The worker ended ${times} times while it did this job, which is not tried again.`,
    details: { times },
  });
}

/** The error for a kind of job that this service does not do. */
export function unknownKind(kind: string, known: readonly string[]): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "job.unknown_kind",
    message: `There is no kind of job "${kind}". Known: ${known.join(", ")}.`,
  });
}

/** The error for a kind of job that no client may ask for. */
export function internalKind(name: string): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "job.unknown_kind",
    message: `Jobs of the kind "${name}" are made by the service alone.`,
  });
}

/** The error for a webhook where none can be signed. */
export function webhooksOff(): TintypeError {
  return new TintypeError({
    kind: "unsupported",
    code: "job.webhooks_off",
    message: "This service has no WEBHOOK_SECRET to sign webhooks with: watch the job instead.",
  });
}
