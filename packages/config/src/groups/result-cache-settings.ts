import { defineSettings } from "../define-settings.ts";
import { bytes, flag, milliseconds } from "../setting-types.ts";

/** How results are kept for those who ask for the same again. */
export const resultCacheSettings = defineSettings({
  title: "Result cache",
  settings: {
    enabled: {
      name: "RESULT_CACHE",
      description: "Whether finished images are kept in the storage, below `cache/`.",
      type: flag(),
      default: "true",
      example: "false",
    },
    maxBytes: {
      name: "RESULT_CACHE_SIZE",
      description: "The most that is kept; what was not used the longest goes first.",
      type: bytes({ min: 1024, max: 2 ** 50 }),
      default: "2GB",
      unit: "bytes",
      example: "20GB",
    },
    maxAgeMs: {
      name: "RESULT_CACHE_AGE",
      description: "How long a result is used.",
      type: milliseconds({ min: 1000, max: 31_536_000_000 }),
      default: "30d",
      unit: "seconds",
      example: "90d",
    },
  },
});
