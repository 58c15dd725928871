import { describe, test } from "vitest";

import type { BackgroundRemover } from "../background-remover.ts";
import { callBehaviors } from "./call-behaviors.ts";
import { maskBehaviors } from "./mask-behaviors.ts";

const behaviors = { ...callBehaviors, ...maskBehaviors };

/** What a background remover can be asked to promise. */
export type RemoverBehaviorName = keyof typeof behaviors;

/** Registers one test for each behavior of the contract, each with a remover from `create`; what the engine cannot do needs a reason, which the suite's title tells. */
export function removerContract(
  name: string,
  options: {
    /** Gives a remover; use vitest's `onTestFinished` or `afterAll` to end what it needs. */
    readonly create: () => BackgroundRemover | Promise<BackgroundRemover>;
    readonly cannot?: Partial<Record<RemoverBehaviorName, string>>;
  },
): void {
  const cannot = new Map(Object.entries(options.cannot ?? {}));
  const reasons = [...cannot].map(([behavior, reason]) => `; cannot: ${behavior} (${reason})`);
  const kept = Object.entries(behaviors).filter(([behavior]) => !cannot.has(behavior));

  describe(`${name} keeps the contract of background removers${reasons.join("")}`, () => {
    // oxlint-disable-next-line vitest/expect-expect -- every behavior expects something
    test.for(kept)("%s", async ([, check]) => check(await options.create()));
  });
}
