import {
  blockedError,
  invalidAnswerError,
  parseRetryAfter,
  statusError,
  unknownModelError,
  unreachableError,
} from "@tintype/generators";
import { APIConnectionError, APIError } from "openai";

/** What an error needs to say besides its kind. */
export interface CallFacts {
  readonly model: string;
  readonly modelSetting: string;
  readonly keySetting: string;
}

/** The codes of a refusal for safety; the answer is HTTP 400. */
const blocked = new Set(["moderation_blocked", "content_policy_violation"]);

/** The error that one of the SDK stands for; one that it did not mean to throw stays as it is. */
export function openaiError(
  error: unknown,
  { model, modelSetting, keySetting }: CallFacts,
): unknown {
  if (error instanceof SyntaxError) return invalidAnswerError("openai", error);
  if (error instanceof APIConnectionError) return unreachableError("openai", error);
  if (!(error instanceof APIError)) {
    return error instanceof TypeError ? unreachableError("openai", error) : error;
  }
  const { status, code, headers } = error as APIError;
  if (status === undefined) return unreachableError("openai", error);
  if (blocked.has(code ?? "")) return blockedError("openai", code ?? "");
  if (status === 404 || code === "model_not_found") {
    return unknownModelError("openai", model, modelSetting);
  }
  const retryAfterMs = parseRetryAfter(headers?.get("retry-after"));
  return statusError("openai", status, keySetting, { cause: error, retryAfterMs });
}
