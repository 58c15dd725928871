import { texts } from "../texts.ts";
import type { Problem } from "./answers.ts";
import { ApiFailure, isAbort } from "./api-failure.ts";
import { noteSilence } from "./connection.ts";
import { askForKey, sessionKey } from "./session-key.ts";

/** What a request may say. */
export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: FormData;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Finishes even when the page is left. */
  readonly keepalive?: boolean;
}

/** Asks the service, with the session's key; throws an {@link ApiFailure} unless it went well. */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const { json, form, headers, signal, keepalive } = options;
  const { method = (json ?? form) ? "POST" : "GET" } = options;
  const response = await fetch(path, {
    method,
    headers: {
      ...headers,
      ...keyHeader(),
      ...(json !== undefined && { "content-type": "application/json" }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(form && { body: form }),
    ...(signal && { signal }),
    ...(keepalive && { keepalive }),
  }).catch((error: unknown) => {
    if (isAbort(error)) throw error;
    noteSilence();
    throw new ApiFailure(texts.connection.down);
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (asksForKey(problem)) {
    await askForKey(problem.code === "access.wrong_key");
    return request(path, options);
  }
  throw failureOf(response.status, problem);
}

/** Asks for JSON of a type that the API declares. */
export async function requestJson<Answer>(path: string, options?: RequestOptions): Promise<Answer> {
  return (await (await request(path, options)).json()) as Answer;
}

/** The header that carries the session's key. */
export function keyHeader(): Record<string, string> {
  const key = sessionKey();
  return key === undefined ? {} : { "x-api-key": key };
}

/** Whether a problem is solved by a key. */
export function asksForKey(problem: Problem | undefined): problem is Problem {
  return problem?.code === "access.no_key" || problem?.code === "access.wrong_key";
}

/** A failure in the server's words, or in ours where it gave none. */
export function failureOf(status: number, problem: Problem | undefined): ApiFailure {
  return new ApiFailure(problem?.detail ?? texts.connection.status(status), problem);
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  const isProblem = response.headers.get("content-type")?.includes("problem+json");
  return isProblem ? ((await response.json()) as Problem) : undefined;
}
