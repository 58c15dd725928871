import type { ImageGenerator } from "../image-generator.ts";
import type { Budget } from "./budget.ts";

/** A generator whose pictures are paid from a budget: the estimate is set aside before the call, what it cost is booked after it. */
export function withBudget(generator: ImageGenerator, budget: Budget): ImageGenerator {
  return {
    ...generator,
    async generate(request, call) {
      const { settle } = budget.reserve(generator.estimateCost(request).amount);
      try {
        const generation = await generator.generate(request, call);
        settle(generation.images.reduce((sum, { cost }) => sum + cost.amount, 0));
        return generation;
      } finally {
        settle();
      }
    },
  };
}
