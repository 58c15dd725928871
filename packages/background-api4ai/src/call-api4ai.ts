import { isTintypeError } from "@tintype/errors";
import {
  invalidAnswerError,
  parseRetryAfter,
  statusError,
  unreachableError,
} from "@tintype/generators";

import { readApi4aiAnswer } from "./read-api4ai-answer.ts";

/** Where and how the service is asked. */
export interface Api4aiEndpoint {
  readonly apiKey: string;
  /** `https://api4ai.cloud`, or the demo's address. */
  readonly baseUrl: string;
  /** `cars` knows what belongs to a car. */
  readonly endpoint: "general" | "cars";
  /** What is asked for: the cut-out, its mask alone, or the cut-out with the shadow that it casts. */
  readonly mode: "fg-image" | "fg-mask" | "fg-image-shadow";
  /** How messages call the setting of the key. */
  readonly keySetting: string;
}

/** Sends a JPEG once, and gives the PNG that comes back. */
export async function callApi4ai(
  jpeg: Uint8Array,
  { apiKey, baseUrl, endpoint, mode, keySetting }: Api4aiEndpoint,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const path = endpoint === "cars" ? "cars/results" : "results";
  const query = new URLSearchParams({ mode, representation: "base64" });
  const body = new FormData();
  body.append("image", new Blob([new Uint8Array(jpeg)], { type: "image/jpeg" }), "image.jpg");
  try {
    const response = await fetch(`${baseUrl}/img-bg-removal/v1/${path}?${query.toString()}`, {
      method: "POST",
      headers: { "x-api-key": apiKey },
      body,
      signal,
    });
    if (response.ok) return readApi4aiAnswer(await response.json());
    await response.body?.cancel();
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
    throw statusError("api4ai", response.status, keySetting, { retryAfterMs });
  } catch (error) {
    signal.throwIfAborted();
    if (isTintypeError(error)) throw error;
    throw error instanceof SyntaxError
      ? invalidAnswerError("api4ai", error)
      : unreachableError("api4ai", error);
  }
}
