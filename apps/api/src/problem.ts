import { isTintypeError, type ErrorKind, type TintypeError } from "@tintype/errors";
import { z } from "zod";

/** The HTTP status of each kind of failure. */
const statusOfKind: Readonly<Record<ErrorKind, ProblemStatus>> = {
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

/** Where HTTP has a word of its own, which no kind stands for. */
const statusOfCode: Readonly<Record<string, ProblemStatus>> = {
  "request.method_not_allowed": 405,
  "delivery.expired": 410,
  "storage.invalid_range": 416,
  "access.no_key": 401,
  "access.too_many_requests": 429,
  "files.link_expired": 410,
  "job.idempotency_key_reused": 422,
  "job.not_ended": 409,
  // Nothing is broken: this service was not given a key for what a client may ask for.
  "service.not_configured": 503,
};

type ProblemStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 410
  | 413
  | 415
  | 416
  | 422
  | 429
  | 500
  | 502
  | 503;

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

/** Problem details for HTTP APIs (RFC 9457), with our code and the request's id. */
export const problemSchema = z
  .strictObject({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What is wrong and what to do."),
    code: z.string().describe("Stable and dotted: what programs branch on."),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional().describe("Facts about the failure."),
    retryable: z.literal(true).optional().describe("The same request may succeed later."),
  })
  .meta({ id: "Problem", description: "Problem details (RFC 9457)." });

/** A failure as clients see it. */
export type Problem = z.output<typeof problemSchema> & { readonly status: ProblemStatus };

/** What an error looks like to a client: what a Tintype error says of itself, and nothing of any other error. */
export function problemOf(error: unknown, requestId: string): Problem {
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
    status: statusOfCode[error.code] ?? statusOfKind[error.kind],
    detail: error.message,
    code: error.code,
    requestId,
    ...detailsOf(error),
  };
}

/** The headers that go with a problem. */
export function problemHeaders(error: unknown): Record<string, string> {
  const wait = isTintypeError(error) ? error.retryAfterMs : undefined;
  return {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    // HTTP wants a 401 to name a way in.
    ...(isTintypeError(error) &&
      error.code === "access.no_key" && { "www-authenticate": 'ApiKey realm="Tintype"' }),
    ...(wait !== undefined && { "retry-after": String(Math.ceil(wait / 1000)) }),
  };
}

function detailsOf({ details, retryable }: TintypeError): Pick<Problem, "details" | "retryable"> {
  return {
    ...(Object.keys(details).length > 0 && { details }),
    ...(retryable && { retryable }),
  };
}
