import type { GenerateContentResponse, Part } from "@google/genai";
import {
  blockedError,
  invalidAnswerError,
  noPictureError,
  sniffMediaType,
  type TokenUse,
} from "@tintype/generators";

/** What an answer holds. */
export interface GeminiAnswer {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly finishReason: string;
  /** As the service names it, which may be more exact than what was asked for. */
  readonly model: string | undefined;
  readonly tokens: TokenUse | undefined;
}

/** The ends that mean a refusal; others without a picture just had none. */
const refusals = new Set([
  "IMAGE_SAFETY",
  "IMAGE_PROHIBITED_CONTENT",
  "IMAGE_RECITATION",
  "SAFETY",
  "PROHIBITED_CONTENT",
  "RECITATION",
  "BLOCKLIST",
  "SPII",
]);

/** Takes the picture out of an answer, whatever text stands around it; throws `generator.blocked`, `generator.no_picture` or `service.invalid_answer`. */
export function readGeminiAnswer(answer: GenerateContentResponse): GeminiAnswer {
  const blocked = answer.promptFeedback?.blockReason;
  if (blocked) throw blockedError("gemini", blocked);
  const [candidate] = answer.candidates ?? [];
  const finishReason = candidate?.finishReason ?? "FINISH_REASON_UNSPECIFIED";
  const data = lastPicture(candidate?.content?.parts ?? []);
  if (data === undefined) {
    if (refusals.has(finishReason)) throw blockedError("gemini", finishReason);
    throw noPictureError("gemini", finishReason);
  }
  const bytes = new Uint8Array(Buffer.from(data, "base64"));
  const mediaType = sniffMediaType(bytes);
  if (mediaType === undefined) throw invalidAnswerError("gemini");
  const usage = answer.usageMetadata;
  return {
    bytes,
    mediaType,
    finishReason,
    model: answer.modelVersion,
    tokens: usage && {
      input: usage.promptTokenCount ?? 0,
      output: usage.candidatesTokenCount ?? 0,
      total: usage.totalTokenCount ?? 0,
    },
  };
}

/** Drafts come before the picture that is meant, and are marked as thoughts. */
function lastPicture(parts: readonly Part[]): string | undefined {
  return parts.findLast(({ thought, inlineData }) => thought !== true && inlineData?.data)
    ?.inlineData?.data;
}
