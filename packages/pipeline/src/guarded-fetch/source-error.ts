import { TintypeError } from "@tintype/errors";
import type { ErrorKind, TintypeErrorOptions } from "@tintype/errors";

const kinds = {
  invalid_url: "invalid_input",
  private_address: "forbidden",
  host_denied: "forbidden",
  too_many_redirects: "upstream",
  too_large: "limit_exceeded",
  timeout: "upstream",
  http_error: "upstream",
  unreachable: "upstream",
  empty: "upstream",
} as const satisfies Record<string, ErrorKind>;

/**
 * A failure of a source on the web, with the code `source.…`. A message may name a host that passed the checks, never a
 * query, which can hold a secret, nor an address that a name resolved to, which would map the network behind us.
 */
export function sourceError(
  failure: keyof typeof kinds,
  message: string,
  more: Omit<TintypeErrorOptions, "kind" | "code" | "message"> = {},
): TintypeError {
  return new TintypeError({ kind: kinds[failure], code: `source.${failure}`, message, ...more });
}
