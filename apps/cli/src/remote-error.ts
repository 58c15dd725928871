import { TintypeError, type ErrorKind } from "@tintype/errors";

/** What a status stands for; whatever else fails, another time may do better. */
const kindOfStatus: Readonly<Record<number, ErrorKind>> = {
  400: "invalid_input",
  401: "forbidden",
  403: "forbidden",
  404: "not_found",
  405: "unsupported",
  409: "invalid_input",
  413: "limit_exceeded",
  415: "unsupported",
  422: "processing",
  500: "processing",
  502: "upstream",
};

/** The failure that a service's answer tells of. */
export async function remoteError(response: Response): Promise<TintypeError> {
  const problem = Object(await response.json().catch(() => ({}))) as Readonly<
    Record<string, unknown>
  >;
  const { code, detail, retryable } = problem;
  const seconds = Number(response.headers.get("retry-after") ?? 0);
  return new TintypeError({
    kind: kindOfStatus[response.status] ?? "unavailable",
    code: (typeof code === "string" ? code : "cli.remote_failed") as `${string}.${string}`,
    message:
      typeof detail === "string" ? detail : `The service answered with status ${response.status}.`,
    retryable: retryable === true,
    ...(seconds > 0 && { retryAfterMs: seconds * 1000 }),
  });
}

/** The failure of a service that does not answer. */
export function unreachable(url: string, cause: unknown): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "cli.remote_unreachable",
    message: `Nobody answers at ${new URL(url).origin}. Is the service running there?`,
    retryable: true,
    cause,
  });
}
