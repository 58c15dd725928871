import { defineSettings } from "../define-settings.ts";
import {
  decimal,
  givenSecret,
  integer,
  milliseconds,
  names,
  text,
  webAddress,
} from "../setting-types.ts";

/** The account at Google Gemini, and how patiently it is called. */
export const geminiSettings = defineSettings({
  title: "Google Gemini",
  settings: {
    apiKey: {
      name: "GEMINI_API_KEY",
      description: "The key of the service; without it the generator `gemini` is not there.",
      type: givenSecret(),
      example: "$(pass show gemini)",
      secret: true,
    },
    baseUrl: {
      name: "GEMINI_BASE_URL",
      description: "Another address of the service, such as a gateway's.",
      type: webAddress(),
      example: "https://gateway.example.com",
    },
    model: {
      name: "GEMINI_MODEL",
      aliases: ["GEMINI_MODEL_NAME"],
      description: "The model that draws.",
      type: text(/^[\w.:-]+$/, "the name of a model"),
      default: "gemini-nano-banana-2.1",
      example: "gemini-3-pro-image",
    },
    fallbackModels: {
      name: "GEMINI_FALLBACK_MODELS",
      description: "Models that are asked in turn when one is retired, overloaded or out of quota.",
      type: names(),
      default: "",
      example: "gemini-3-pro-image",
    },
    maxRetries: {
      name: "GEMINI_MAX_RETRIES",
      description: "How often a call is tried again after failures that may pass.",
      type: integer({ min: 0, max: 10 }),
      default: "3",
      unit: "retries",
      example: "5",
    },
    retryDelayMs: {
      name: "GEMINI_RETRY_DELAY",
      description:
        "The wait before the first retry; later ones wait twice as long each, and as long as the service asks for.",
      type: milliseconds({ min: 0, max: 60_000 }),
      default: "2s",
      unit: "seconds",
      example: "5",
    },
    timeoutMs: {
      name: "GEMINI_TIMEOUT",
      description: "How long one picture may take in all, retries included.",
      type: milliseconds({ min: 1000, max: 3_600_000 }),
      default: "180s",
      unit: "seconds",
      example: "5m",
    },
    pricePerImage: {
      name: "GEMINI_PRICE_PER_IMAGE",
      description: "What one picture of 1K costs, for the estimate of costs.",
      type: decimal({ min: 0, max: 1000 }),
      default: "0.034",
      unit: "USD",
      example: "0.134",
    },
  },
});
