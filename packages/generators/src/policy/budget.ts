import { TintypeError } from "@tintype/errors";

/** A cap on what calls may cost together. */
export interface Budget {
  /** Sets an amount in USD aside, or throws `generator.budget_exhausted`; `settle` says what it was in the end, 0 when left out. */
  reserve(amount: number): { readonly settle: (spent?: number) => void };
  /** In USD, in this period. */
  state(): { readonly cap: number; readonly spent: number; readonly reserved: number };
}

/** Of what time a budget is. */
export interface BudgetOptions {
  /** In USD. */
  readonly cap: number;
  /** Until the process ends, or until the day ends (UTC). */
  readonly period: "process" | "day";
  /** The time in ms since 1970; tests pass their own. */
  readonly now?: () => number;
}

const dayMs = 86_400_000;

/** Makes a budget that is kept in this process. What is set aside counts, so that calls side by side can't pass it together. */
export function createBudget({ cap, period, now = Date.now }: BudgetOptions): Budget {
  let [spent, reserved] = [0, 0];
  let day = Math.floor(now() / dayMs);
  const turnPage = () => {
    const today = Math.floor(now() / dayMs);
    if (period === "day" && today !== day) [spent, day] = [0, today];
  };
  return {
    reserve(amount) {
      turnPage();
      // Sums of cents must not fail at their last digit.
      if (amount > 0 && spent + reserved + amount > cap + 1e-9) {
        throw exhaustedError(cap, period, dayMs - (now() % dayMs));
      }
      reserved += amount;
      let isOpen = true;
      return {
        settle(cost = 0) {
          if (!isOpen) return;
          isOpen = false;
          turnPage();
          reserved -= amount;
          spent += cost;
        },
      };
    },
    state() {
      turnPage();
      return { cap, spent, reserved };
    },
  };
}

function exhaustedError(cap: number, period: BudgetOptions["period"], untilTomorrowMs: number) {
  const forWhat = period === "day" ? "for today" : "of this process";
  return new TintypeError({
    kind: "unavailable",
    code: "generator.budget_exhausted",
    message: `The budget ${forWhat}, ${String(cap)} USD, is used up: wait until it begins anew, or raise GENERATION_BUDGET.`,
    details: { cap, period },
    ...(period === "day" && { retryable: true, retryAfterMs: untilTomorrowMs }),
  });
}
