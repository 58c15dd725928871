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

/** The account at OpenAI, and how patiently it is called. */
export const openaiSettings = defineSettings({
  title: "OpenAI",
  settings: {
    apiKey: {
      name: "OPENAI_API_KEY",
      description: "The key of the service; without it the generator `openai` is not there.",
      type: givenSecret(),
      example: "$(pass show openai)",
      secret: true,
    },
    baseUrl: {
      name: "OPENAI_BASE_URL",
      description: "Another address of the service, such as a gateway's.",
      type: webAddress(),
      example: "https://gateway.example.com/v1",
    },
    model: {
      name: "OPENAI_MODEL",
      aliases: ["OPENAI_MODEL_NAME"],
      description: "The model that draws.",
      type: text(/^[\w.:-]+$/, "the name of a model"),
      default: "gpt-image-2.5-flare",
      example: "gpt-image-2",
    },
    fallbackModels: {
      name: "OPENAI_FALLBACK_MODELS",
      description: "Models that are asked in turn when one is retired, overloaded or out of quota.",
      type: names(),
      default: "",
      example: "gpt-image-2",
    },
    maxRetries: {
      name: "OPENAI_MAX_RETRIES",
      description: "How often a call is tried again after failures that may pass.",
      type: integer({ min: 0, max: 10 }),
      default: "3",
      unit: "retries",
      example: "5",
    },
    retryDelayMs: {
      name: "OPENAI_RETRY_DELAY",
      description:
        "The wait before the first retry; later ones wait twice as long each, and as long as the service asks for.",
      type: milliseconds({ min: 0, max: 60_000 }),
      default: "2s",
      unit: "seconds",
      example: "5",
    },
    timeoutMs: {
      name: "OPENAI_TIMEOUT",
      description: "How long one picture may take in all, retries included.",
      type: milliseconds({ min: 1000, max: 3_600_000 }),
      default: "180s",
      unit: "seconds",
      example: "5m",
    },
    pricePerImage: {
      name: "OPENAI_PRICE_PER_IMAGE",
      description: "What one picture of medium quality costs, for the estimate of costs.",
      type: decimal({ min: 0, max: 1000 }),
      default: "0.05",
      unit: "USD",
      example: "0.134",
    },
  },
});
