import { defineSettings } from "../define-settings.ts";
import {
  decimal,
  givenSecret,
  integer,
  milliseconds,
  oneOf,
  webAddress,
} from "../setting-types.ts";

/** The account at API4.ai, which removes backgrounds, and how patiently it is called. */
export const api4aiSettings = defineSettings({
  title: "API4.ai",
  settings: {
    apiKey: {
      name: "API4AI_API_KEY",
      aliases: ["API4AI_KEY"],
      description: "The key of the service; without it the engine `api4ai` is not there.",
      type: givenSecret(),
      example: "$(pass show api4ai)",
      secret: true,
    },
    baseUrl: {
      name: "API4AI_BASE_URL",
      description: "The address of the service.",
      type: webAddress(),
      default: "https://api4ai.cloud",
      example: "https://demo.api4ai.cloud",
    },
    endpoint: {
      name: "API4AI_ENDPOINT",
      description: "What the pictures show: anything, or cars.",
      type: oneOf(["general", "cars"]),
      default: "general",
      example: "cars",
    },
    mode: {
      name: "API4AI_MODE",
      description:
        "What is asked for: the cut-out, its mask alone, or the cut-out with the shadow that it casts.",
      type: oneOf(["fg-image", "fg-mask", "fg-image-shadow"]),
      default: "fg-image",
      example: "fg-image-shadow",
    },
    maxRetries: {
      name: "API4AI_MAX_RETRIES",
      description: "How often a call is tried again after failures that may pass.",
      type: integer({ min: 0, max: 10 }),
      default: "3",
      unit: "retries",
      example: "1",
    },
    retryDelayMs: {
      name: "API4AI_RETRY_DELAY",
      description:
        "The wait before the first retry; later ones wait twice as long each, and as long as the service asks for.",
      type: milliseconds({ min: 0, max: 60_000 }),
      default: "2s",
      unit: "seconds",
      example: "5",
    },
    timeoutMs: {
      name: "API4AI_TIMEOUT",
      description: "How long one try may take.",
      type: milliseconds({ min: 1000, max: 600_000 }),
      default: "30s",
      unit: "seconds",
      example: "60s",
    },
    pricePerCall: {
      name: "API4AI_PRICE_PER_CALL",
      description: "What one call costs, for the count of costs.",
      type: decimal({ min: 0, max: 1000 }),
      default: "0",
      unit: "USD",
      example: "0.01",
    },
  },
});
