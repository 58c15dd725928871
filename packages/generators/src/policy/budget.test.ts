import { isTintypeError } from "@tintype/errors";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  createBudget,
  createSampleGenerator,
  withBudget,
  type Budget,
  type ImageGenerator,
} from "../index.ts";

const code = "generator.budget_exhausted";

/** Reserves an amount; what has no room is refused, and leaves nothing to settle. */
function settleOrNothing(budget: Budget, amount: number): (spent?: number) => void {
  try {
    return budget.reserve(amount).settle;
  } catch (error) {
    if (isTintypeError(error) && error.code === code) return () => undefined;
    throw error;
  }
}

describe("a budget", () => {
  test("lets amounts through up to its cap, to the cent, and says what was spent", () => {
    const budget = createBudget({ cap: 0.3, period: "process" });
    for (const _ of [1, 2, 3]) budget.reserve(0.1).settle(0.1);
    expect(budget.state().spent).toBeCloseTo(0.3);
    expect(() => budget.reserve(0.1)).toThrow(
      expect.objectContaining({ code, kind: "unavailable", retryable: false }),
    );
    budget.reserve(0).settle();
  });

  test("counts what is set aside, and gives back what was not spent", () => {
    const budget = createBudget({ cap: 1, period: "process" });
    const { settle } = budget.reserve(0.8);
    expect(() => budget.reserve(0.3)).toThrow(expect.objectContaining({ code }));
    settle(0.5);
    settle(0.5);
    expect(budget.state()).toEqual({ cap: 1, spent: 0.5, reserved: 0 });
    budget.reserve(0.3).settle();
    expect(budget.state().spent).toBe(0.5);
  });

  test("of a day begins anew with the next one, and says when that is", () => {
    const clock = { ms: Date.UTC(2026, 10, 21, 23, 0) };
    const budget = createBudget({ cap: 1, period: "day", now: () => clock.ms });
    budget.reserve(1).settle(1);
    expect(() => budget.reserve(1)).toThrow(
      expect.objectContaining({ code, retryable: true, retryAfterMs: 3_600_000 }),
    );
    clock.ms += 3_600_000;
    budget.reserve(1).settle(1);
    expect(budget.state().spent).toBe(1);
  });

  test("is never passed by what is reserved and spent together, in whatever order", () => {
    const steps = fc.array(
      fc.record({ amount: fc.nat(50), share: fc.nat(100), late: fc.boolean() }),
    );
    fc.assert(
      fc.property(steps, (calls) => {
        const budget = createBudget({ cap: 100, period: "process" });
        const open: (() => void)[] = [];
        for (const { amount, share, late } of calls) {
          const settle = settleOrNothing(budget, amount);
          const end = () => settle((amount * share) / 100);
          if (late) open.push(end);
          else end();
          const { spent, reserved } = budget.state();
          expect(spent + reserved).toBeLessThanOrEqual(100 + 1e-6);
        }
        for (const end of open) end();
        expect(budget.state().reserved).toBeCloseTo(0);
      }),
    );
  });
});

describe("a generator with a budget", () => {
  const sample = createSampleGenerator();
  const request = { prompt: "fruit", width: 16, height: 16 };
  const price = { cost: { amount: 0.4, currency: "USD" } } as const;
  const priced: ImageGenerator = {
    ...sample,
    estimateCost: ({ count = 1 }) => ({ amount: count * 0.5, currency: "USD" }),
    async generate(given, call) {
      const { images, failures } = await sample.generate(given, call);
      return {
        images: images.map((image) => Object.assign({}, image, price)),
        failures,
      };
    },
  };

  test("makes no call that the budget can't pay, and books what calls really cost", async () => {
    const budget = createBudget({ cap: 1.3, period: "process" });
    const generator = withBudget(priced, budget);
    await generator.generate({ ...request, count: 2 });
    expect(budget.state()).toEqual({ cap: 1.3, spent: 0.8, reserved: 0 });
    await generator.generate(request);
    await expect(generator.generate(request)).rejects.toMatchObject({ code });
  });

  test("gives back what a failed call was to cost", async () => {
    const budget = createBudget({ cap: 1, period: "process" });
    await expect(
      withBudget(priced, budget).generate({ ...request, prompt: "" }),
    ).rejects.toMatchObject({
      code: "generator.invalid_input",
    });
    expect(budget.state()).toEqual({ cap: 1, spent: 0, reserved: 0 });
  });
});
