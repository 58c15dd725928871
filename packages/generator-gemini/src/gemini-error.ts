import {
  invalidAnswerError,
  keyRefusedError,
  parseRetryAfter,
  statusError,
  unknownModelError,
  unreachableError,
} from "@tintype/generators";

/** What an error needs to say besides its kind. */
export interface CallFacts {
  readonly model: string;
  readonly modelSetting: string;
  readonly keySetting: string;
  /** The `Retry-After` header of the answer, which the SDK does not pass on. */
  readonly retryAfter: string | undefined;
}

interface ErrorDetail {
  readonly "@type"?: string;
  readonly retryDelay?: string;
  readonly reason?: string;
}

/** The error that one of the SDK stands for; one that it did not mean to throw stays as it is. */
export function geminiError(error: unknown, facts: CallFacts): unknown {
  if (error instanceof SyntaxError) return invalidAnswerError("gemini", error);
  if (!(error instanceof Error)) return error;
  const { status } = error as { status?: unknown };
  if (typeof status !== "number") {
    return error instanceof TypeError ? unreachableError("gemini", error) : error;
  }
  const details = detailsIn(error.message);
  if (details.some(({ reason }) => reason === "API_KEY_INVALID")) {
    return keyRefusedError("gemini", facts.keySetting, error);
  }
  if (status === 404) return unknownModelError("gemini", facts.model, facts.modelSetting);
  const retryAfterMs = parseRetryAfter(facts.retryAfter) ?? retryDelayIn(details);
  return statusError("gemini", status, facts.keySetting, { cause: error, retryAfterMs });
}

/** The details of an error body, which the SDK gives as the message. */
function detailsIn(message: string): readonly ErrorDetail[] {
  try {
    const body = JSON.parse(message) as { error?: { details?: unknown } } | null;
    const details = body?.error?.details;
    return Array.isArray(details) ? (details as ErrorDetail[]) : [];
  } catch {
    return [];
  }
}

/** The wait of a `google.rpc.RetryInfo`, such as `7s` or `0.5s`, in ms. */
function retryDelayIn(details: readonly ErrorDetail[]): number | undefined {
  const info = details.find((detail) => detail["@type"]?.endsWith("google.rpc.RetryInfo"));
  const seconds = /^(?<seconds>\d+(?:\.\d+)?)s$/u.exec(info?.retryDelay ?? "")?.groups?.["seconds"];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}
