import { defineSettings } from "../define-settings.ts";
import { decimal, flag, integer, oneOf } from "../setting-types.ts";

/** Who makes pictures from words, how many at once, and what they may cost. */
export const generationSettings = defineSettings({
  title: "Pictures from words",
  settings: {
    defaultGenerator: {
      name: "DEFAULT_GENERATOR",
      description: "Who draws where a request names nobody; `sample` needs no key and no network.",
      type: oneOf(["sample", "gemini", "openai"]),
      default: "sample",
      example: "gemini",
    },
    maxVariations: {
      name: "MAX_VARIATIONS",
      description: "How many pictures one request may ask for.",
      type: integer({ min: 1, max: 20 }),
      default: "5",
      unit: "pictures",
      example: "3",
    },
    budget: {
      name: "GENERATION_BUDGET",
      description:
        "What pictures from paid services may cost together, by their estimates; no limit when absent.",
      type: decimal({ min: 0, max: 1_000_000 }),
      unit: "USD",
      example: "25",
    },
    budgetPeriod: {
      name: "GENERATION_BUDGET_PERIOD",
      description: "Whether the budget is for a day (UTC) or for as long as the process runs.",
      type: oneOf(["day", "process"]),
      default: "day",
      example: "process",
    },
    cache: {
      name: "GENERATION_CACHE",
      description:
        "Whether a request that is equal to an earlier one, its seed included, gets the same picture again, at no cost.",
      type: flag(),
      default: "true",
      example: "false",
    },
  },
});
