import { TintypeError } from "@tintype/errors";

/** What is known of a failed call besides its kind. */
export interface Failure {
  readonly cause?: unknown;
  /** How long the service asks to wait. */
  readonly retryAfterMs?: number | undefined;
}

/** The error for a service that nobody gave a key; `setting` names what to set. */
export function notConfiguredError(service: string, setting: string): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "service.not_configured",
    message: `${service} is not set up: set ${setting}, or name another that is.`,
    details: { service, setting },
  });
}

/** The error for a key that a service does not accept. */
export function keyRefusedError(service: string, setting: string, cause?: unknown): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "service.key_refused",
    message: `${service} refused its key: check ${setting}, and that the key may use this service.`,
    details: { service, setting },
    cause,
  });
}

/** The error for calls that are more than a service allows. */
export function quotaError(service: string, failure: Failure = {}): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "service.quota",
    message: `${service} takes no more calls for now: wait, or raise the quota there.`,
    details: { service },
    retryable: true,
    ...sent(failure),
  });
}

/** The error for a service that can't keep up, or is down. */
export function overloadedError(service: string, failure: Failure = {}): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "service.overloaded",
    message: `${service} is overloaded or down: try again later.`,
    details: { service },
    retryable: true,
    ...sent(failure),
  });
}

/** The error for a service that did not answer in time. */
export function timedOutError(service: string, timeoutMs: number): TintypeError {
  return new TintypeError({
    kind: "upstream",
    code: "service.timed_out",
    message: `${service} did not answer within ${String(timeoutMs / 1000)} s: try again, or allow it more time.`,
    details: { service, timeoutMs },
    retryable: true,
  });
}

/** The error for a connection that could not be made, or broke. */
export function unreachableError(service: string, cause: unknown): TintypeError {
  return new TintypeError({
    kind: "upstream",
    code: "service.unreachable",
    message: `${service} could not be reached, or the connection broke: try again, and check its address and the network.`,
    details: { service },
    retryable: true,
    cause,
  });
}

/** The error for an answer that makes no sense; not tried again, since the call may have been paid for. */
export function invalidAnswerError(service: string, cause?: unknown): TintypeError {
  return new TintypeError({
    kind: "upstream",
    code: "service.invalid_answer",
    message: `${service} gave an answer that can't be read: check its address, or try again.`,
    details: { service },
    cause,
  });
}

/** The error for a request that a service refuses as it is. */
export function refusedRequestError(
  service: string,
  status: number,
  cause?: unknown,
): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "service.refused_request",
    message: `${service} refused the request (HTTP ${String(status)}): change the prompt, the pictures or the model.`,
    details: { service, status },
    cause,
  });
}

/** The error for calls that are held back while a service is unwell. */
export function circuitOpenError(service: string, retryAfterMs: number): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "service.circuit_open",
    message: `${service} failed several times in a row and is left alone for a while: try again later.`,
    details: { service },
    retryable: true,
    retryAfterMs,
  });
}

/** The error for a prompt or a picture that a service won't serve. */
export function blockedError(service: string, reason: string): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "generator.blocked",
    message: `${service} refused to make this picture (${reason}): change the prompt or the pictures given with it.`,
    details: { service, reason },
  });
}

/** The error for an answer without a picture. */
export function noPictureError(service: string, reason: string): TintypeError {
  return new TintypeError({
    kind: "upstream",
    code: "generator.no_picture",
    message: `${service} gave no picture (${reason}): say more plainly that a picture is wanted, or try another model.`,
    details: { service, reason },
  });
}

/** The error for a model that a service does not have, or has no more. */
export function unknownModelError(service: string, model: string, setting: string): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "generator.unknown_model",
    message: `The model ${model} of ${service} is retired or unknown: name another in ${setting}.`,
    details: { service, model, setting },
  });
}

function sent({ cause, retryAfterMs }: Failure) {
  return { cause, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
