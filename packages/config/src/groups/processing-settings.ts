import { defineSettings } from "../define-settings.ts";
import { concurrency, integer, milliseconds } from "../setting-types.ts";

/** How much is processed at once, and for how long. */
export const processingSettings = defineSettings({
  title: "Processing",
  settings: {
    concurrency: {
      name: "PROCESSING_CONCURRENCY",
      description: "How many requests are processed at the same time.",
      // While two of two wait for their threads, a core would have nothing to do.
      type: concurrency(256, { hasSpare: true }),
      default: "auto",
      example: "4",
    },
    queueLimit: {
      name: "PROCESSING_QUEUE_LIMIT",
      description: "How many requests may wait for their turn; one more is refused as busy.",
      type: integer({ min: 0, max: 100_000 }),
      default: "100",
      unit: "requests",
      example: "500",
    },
    timeoutMs: {
      name: "PROCESSING_TIMEOUT",
      description: "How long one request may take from its start to its last stored file.",
      type: milliseconds({ min: 1000, max: 86_400_000 }),
      default: "300s",
      unit: "seconds",
      example: "5m",
    },
  },
});
