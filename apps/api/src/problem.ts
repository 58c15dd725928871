import { isTintypeError, type ErrorKind, type TintypeError } from "@tintype/errors";

/** The HTTP status of each kind of failure. */
export const statusOfKind: Readonly<Record<ErrorKind, ProblemStatus>> = {
  invalid_input: 400,
  unsupported: 415,
  limit_exceeded: 413,
  not_found: 404,
  forbidden: 403,
  processing: 422,
  upstream: 502,
  unavailable: 503,
  configuration: 500,
};

type ProblemStatus = 400 | 403 | 404 | 413 | 415 | 422 | 500 | 502 | 503;

/** Problem details for HTTP APIs (RFC 9457), with our code and the request's id. */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly [extension: string]: unknown;
}

const titles: Readonly<Record<ErrorKind, string>> = {
  invalid_input: "The request is not valid",
  unsupported: "Not supported",
  limit_exceeded: "Too large",
  not_found: "Not found",
  forbidden: "Not allowed",
  processing: "The picture could not be processed",
  upstream: "Another server failed",
  unavailable: "Try again later",
  configuration: "The server is not set up for this",
};

/** What an error looks like to a client: what a Tintype error says of itself, and nothing of any other error. */
export function problemOf(error: unknown, requestId: string): Problem & { status: ProblemStatus } {
  if (!isTintypeError(error)) {
    return {
      type: "about:blank",
      title: "Internal error",
      status: 500,
      detail: "Something went wrong on our side. Give the request id when you report it.",
      code: "internal",
      requestId,
    };
  }
  return {
    type: "about:blank",
    title: titles[error.kind],
    status: statusOfKind[error.kind],
    detail: error.message,
    code: error.code,
    requestId,
    ...detailsOf(error),
  };
}

function detailsOf({ details, retryable }: TintypeError): Record<string, unknown> {
  return {
    ...(Object.keys(details).length > 0 && { details }),
    ...(retryable && { retryable }),
  };
}
