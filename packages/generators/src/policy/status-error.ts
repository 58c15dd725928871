import type { TintypeError } from "@tintype/errors";

import {
  keyRefusedError,
  overloadedError,
  quotaError,
  refusedRequestError,
  type Failure,
} from "./service-errors.ts";

/** The error that an HTTP status of a service stands for; `keySetting` names where its key comes from. */
export function statusError(
  service: string,
  status: number,
  keySetting: string,
  failure: Failure = {},
): TintypeError {
  if (status === 401 || status === 403) return keyRefusedError(service, keySetting, failure.cause);
  if (status === 429) return quotaError(service, failure);
  if (status === 408 || status >= 500) return overloadedError(service, failure);
  return refusedRequestError(service, status, failure.cause);
}

/** The wait that a `Retry-After` header asks for, in ms: seconds, or a date; `undefined` for what is neither. */
export function parseRetryAfter(
  header: string | null | undefined,
  now: number = Date.now(),
): number | undefined {
  if (header === null || header === undefined || header.trim() === "") return undefined;
  const wait = /^\s*\d+(?:\.\d+)?\s*$/u.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, Math.round(wait)) : undefined;
}
